package macroscope.unit;

/** An operand of a {@link LookupTableUnit}: tables of activations on the left, bit planes on the right. */
public sealed interface LookupTableOperand permits ActivationTables, WeightPlanes {

  /** Rows of the operand. */
  int rows();

  /** K as the caller gave it. */
  int columns();
}
