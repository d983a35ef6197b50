/**
 * What tests share: how kernel tests report, and which of them may be skipped.
 *
 * <p>Used by tests only.
 */
package io.weir.testkit;
