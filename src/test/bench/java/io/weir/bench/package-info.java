/**
 * What Weir costs, measured: JMH classes, and side-by-side comparisons with what a C program would
 * do. {@code tools/bench/run} runs them all. Not part of the product.
 */
package io.weir.bench;
