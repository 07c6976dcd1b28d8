package macroscope.machine.cpu;

/** Kinds of instructions of the kernels' inner loops that processors treat alike. */
public enum Operation {
  /** Load of a vector, also one that is broadcast from memory. */
  LOAD,
  /** Bitwise and, or, exclusive or. */
  LOGIC,
  /** Shift of lanes by a constant. */
  SHIFT,
  /** Sixteen-entry lookup of bytes: {@code vpshufb}, {@code tbl}. */
  LOOKUP,
  /** A 128-bit half put into a 256-bit register: {@code vinserti128} from a register. */
  INSERT,
  /** The upper 128-bit half of a 256-bit register: {@code vextracti128}. */
  EXTRACT,
  /** Integers to twice their width: {@code vpmovsxbw}, {@code sxtl}. */
  WIDEN,
  /** Sum of a vector and a narrower one: {@code saddw}, {@code saddl}. */
  WIDENING_ADD,
  /** Sum or difference of integers. */
  ADD,
  /** Rounded mean of two bytes: {@code vpavgb}, {@code srhadd}. */
  AVERAGE,
  /** A sign given to or taken from bytes: {@code vpsignb}, {@code vpabsb}. */
  SIGN,
  /** Products of bytes or halves added in pairs: {@code vpmaddubsw}, {@code vpmaddwd}. */
  PAIRWISE_PRODUCT,
  /** Products of bytes added to 32-bit sums: {@code vpdpbusd}, {@code sdot}. */
  DOT,
  /** Integers to floats of their width. */
  CONVERT,
  /** Binary16 to binary32 or back. */
  CONVERT_HALF,
  /** Product of floats, with or without an addition. */
  MULTIPLY_ADD,
  /** One lane of a register to all lanes. */
  BROADCAST
}
