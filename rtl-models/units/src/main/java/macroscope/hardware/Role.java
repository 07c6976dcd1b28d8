package macroscope.hardware;

/**
 * What a line of an inventory is for. Disputes about the cost of formats are about which of these is
 * counted, so every report keeps them apart.
 */
public enum Role {
  MULTIPLIER,
  ALIGNER_AND_TREE,
  ACCUMULATOR,
  QUANTIZER,
  TABLE,
  STORAGE,
  CONTROL
}
