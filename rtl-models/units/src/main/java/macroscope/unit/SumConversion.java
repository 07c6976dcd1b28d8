package macroscope.unit;

import java.math.BigInteger;

/** The way out of a fixed-point register: sum and addend, rounded once. */
interface SumConversion {

  /** Rounds the sum of column {@code j}, which fits a long, with its finite addend. */
  long convert(ExactSums sums, int j, long addend, KulischConversion.Scratch scratch);

  /** Rounds a sum of any size with its finite addend. */
  long convert(BigInteger sum, long addend, KulischConversion.Scratch scratch);

  /** What an addend is if it is not finite. */
  Extreme extreme(long addend);

  /** The code of a sum that is not finite. */
  long code(Extreme extreme);
}
