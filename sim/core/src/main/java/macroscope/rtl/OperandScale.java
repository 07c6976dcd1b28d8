package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import macroscope.format.FloatFormat;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;

/**
 * Scales of blocks along K.
 *
 * @param format how a scale is coded
 * @param blockLength elements that share a scale
 * @param left whether the left operand has them too, and not the right one alone
 */
record OperandScale(FloatFormat format, int blockLength, boolean left) {

  int blocks(int elements) {
    return (elements + blockLength - 1) / blockLength;
  }

  /** The scales of a matrix as its format has them. */
  List<ScaleLevel> levels() {
    ScaleRule rule = left ? ScaleRule.POWER_OF_TWO_FLOOR : ScaleRule.ABSMAX;
    return List.of(new ScaleLevel(new Extent.Group(blockLength), Optional.of(format), rule));
  }

  double[] values(long[] codes) {
    return LongStream.of(codes).mapToDouble(format::decodeDouble).toArray();
  }
}
