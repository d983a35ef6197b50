package io.weir;

class WitnessesNativeIT extends WitnessesContract {}
