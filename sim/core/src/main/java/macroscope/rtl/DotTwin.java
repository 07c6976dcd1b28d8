package macroscope.rtl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Pipeline;
import macroscope.rtl.Stimulus.Beat;
import macroscope.rtl.Stimulus.Output;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.ScaleRule;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * The twin of a unit that takes two operands of plain codes. The products of a pass enter in equal
 * parts, one each cycle of the initiation interval; passes of a sum follow each other without gaps.
 *
 * @param unit the Java model
 * @param design its module: operands a and b
 * @param a format of the left operand
 * @param b format of the right operand
 * @param scale scales of both operands, which enter beside them
 * @param mostPasses passes that a sum may have
 */
record DotTwin(
    DotProductUnit<?> unit,
    Design design,
    NumberFormat a,
    NumberFormat b,
    Optional<Scale> scale,
    int mostPasses)
    implements Twin {

  /**
   * Scales of blocks along K.
   *
   * @param format how a scale is coded
   * @param blockLength elements that share a scale
   */
  record Scale(FloatFormat format, int blockLength) {

    int blocks(int elements) {
      return (elements + blockLength - 1) / blockLength;
    }

    ScaleLevel level() {
      return new ScaleLevel(
          new Extent.Group(blockLength), Optional.of(format), ScaleRule.POWER_OF_TWO_FLOOR);
    }

    double[] values(long[] codes) {
      return LongStream.of(codes).mapToDouble(format::decodeDouble).toArray();
    }
  }

  /** The twin of a unit without scales. */
  DotTwin(DotProductUnit<?> unit, Design design, NumberFormat a, NumberFormat b, int mostPasses) {
    this(unit, design, a, b, Optional.empty(), mostPasses);
  }

  /** Longest gap between sums, in cycles. */
  private static final int GAP = 2;

  @Override
  public String name() {
    return unit.spec().name();
  }

  @Override
  public Pipeline pipeline() {
    return unit.pipeline();
  }

  @Override
  public Stimulus stimulus(long seed, int sums) {
    NumberFormat c = unit.accumulatorFormat();
    SumSampler sampler = new SumSampler(a, b, c, unit.length(), mostPasses, seed);
    Recorder recorder = new Recorder(new Random(~seed));
    ScaleSampler scales = new ScaleSampler(scale, seed);
    for (Sum sum : sampler.sums(sums)) {
      recorder.sum(scales.scaled(design.addend().isPresent() ? sum : sum.withAddend(0)));
    }
    return new Stimulus(recorder.beats, recorder.outputs);
  }

  /** Lays sums out in time. */
  private final class Recorder {
    private final List<Beat> beats = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Random random;

    Recorder(Random random) {
      this.random = random;
    }

    void sum(Sum sum) {
      int length = unit.length();
      long[] results = results(unit, sum);
      int interval = pipeline().initiationInterval();
      int beat = length / interval;
      for (int k = 0; k < sum.a().length; k += beat) {
        if (k % length == 0) {
          int edge = beats.size() + pipeline().latency();
          outputs.add(new Output(edge, Words.of(results[k / length])));
        }
        beats.add(beat(k % length == 0, k == 0, sum, k, k + beat));
      }
      gap();
    }

    private Beat beat(boolean valid, boolean first, Sum sum, int from, int to) {
      List<BigInteger> words = new ArrayList<>();
      words.add(Words.packed(sum.a(), from, to, a.bits()));
      words.add(Words.packed(sum.b(), from, to, b.bits()));
      scale.ifPresent(
          s -> {
            int block = from / s.blockLength();
            int end = s.blocks(to);
            words.add(Words.packed(sum.scalesA(), block, end, s.format().bits()));
            words.add(Words.packed(sum.scalesB(), block, end, s.format().bits()));
          });
      design.addend().ifPresent(port -> words.add(Words.of(sum.addend())));
      return new Beat(valid, first, words);
    }

    /** Cycles without a pass, with anything at the inputs. */
    private void gap() {
      for (int left = random.nextInt(GAP + 1); left > 0; left--) {
        boolean first = random.nextBoolean();
        List<BigInteger> words =
            design.inputs().stream().map(port -> new BigInteger(port.bits(), random)).toList();
        beats.add(new Beat(false, first, words));
      }
    }
  }

  /** What the accumulator holds after each pass. */
  private <P> long[] results(DotProductUnit<P> model, Sum sum) {
    P left = model.prepareA(row(a, sum.a(), sum.scalesA()));
    P right = model.prepareB(row(b, sum.b(), sum.scalesB()));
    long[] results = new long[sum.a().length / model.length()];
    for (int pass = 0; pass < results.length; pass++) {
      long[] code = {sum.addend()};
      Accumulators c = new Accumulators(model.accumulatorFormat(), 1, 1, code);
      model.gemm(left, right, 0, (pass + 1) * model.length(), c);
      results[pass] = code[0];
    }
    return results;
  }

  private EncodedMatrix row(NumberFormat element, long[] codes, long[] scales) {
    List<ScaleLevel> levels = scale.map(Scale::level).stream().toList();
    List<double[]> values = scale.map(s -> s.values(scales)).stream().toList();
    TensorFormat format = new TensorFormat(element.name(), element, levels);
    return new EncodedMatrix(format, 1, codes.length, codes.clone(), values);
  }
}
