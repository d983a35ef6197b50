/** What tests share: random records, written events, fake clocks. */
package io.weir.testkit;
