package io.weir;

import org.junit.jupiter.api.Tag;

/** Exactness with the best hooks this guest's kernel gives. */
@Tag("kernel")
class ExactnessKernelTest extends ExactnessRows {}
