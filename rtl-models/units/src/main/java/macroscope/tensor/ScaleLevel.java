package macroscope.tensor;

import java.util.Optional;
import macroscope.format.NumberFormat;

/**
 * One level of scales of a tensor format.
 *
 * @param extent which elements share a scale
 * @param format how a scale is stored; empty for a real number that is not rounded (a software scale
 *     kept in binary64 here and counted as 32 bits of storage)
 * @param rule how the scale follows from the elements
 */
public record ScaleLevel(Extent extent, Optional<NumberFormat> format, ScaleRule rule) {

  /** Stored bits of one scale. */
  public int bits() {
    return format.map(NumberFormat::bits).orElse(32);
  }
}
