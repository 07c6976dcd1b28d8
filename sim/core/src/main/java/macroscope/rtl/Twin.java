package macroscope.rtl;

import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;

/** A unit's Verilog: the module that it is, and vectors that its Java model has answered. */
public interface Twin {

  /** The unit's name. */
  String name();

  /** Its kind. */
  TwinFamily family();

  /** The configured module. */
  Design design();

  /** What the Java model says that the module is built from; no part is shared with another unit. */
  Inventory inventory();

  /** When results leave: the Java model's claim, which simulation holds the module to. */
  Pipeline pipeline();

  /**
   * Sums with edge cases and random operands, and what the Java model makes of them. The same seed
   * gives the same stimulus.
   *
   * @param sums at least so many sums; all pairs of operand codes come on top where they are few
   */
  Stimulus stimulus(long seed, int sums);
}
