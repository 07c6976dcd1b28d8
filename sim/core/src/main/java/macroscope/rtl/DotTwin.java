package macroscope.rtl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.rtl.Stimulus.Beat;
import macroscope.rtl.Stimulus.Output;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;

/**
 * The twin of a unit that multiplies two rows of codes. Passes of a sum follow each other without gaps.
 *
 * @param unit the Java model
 * @param family its kind
 * @param design its module: operands in the order of the feed's words
 * @param a format of the left operand
 * @param b format of the right operand
 * @param scale scales of operands
 * @param feed how operands enter
 * @param mostPasses passes that a sum may have
 */
record DotTwin(
    DotProductUnit<?> unit,
    TwinFamily family,
    Design design,
    NumberFormat a,
    NumberFormat b,
    Optional<OperandScale> scale,
    OperandFeed feed,
    int mostPasses)
    implements Twin {

  /** The twin of a unit without scales. */
  DotTwin(
      DotProductUnit<?> unit,
      TwinFamily family,
      Design design,
      NumberFormat a,
      NumberFormat b,
      int mostPasses) {
    this(unit, family, design, a, b, Optional.empty(), OperandFeed.codes(unit, a, b), mostPasses);
  }

  /** Longest gap between sums, in cycles. */
  static final int GAP = 2;

  @Override
  public String name() {
    return unit.spec().name();
  }

  @Override
  public Inventory inventory() {
    return new Inventory(unit.inventory().lines().stream().map(DotTwin::alone).toList());
  }

  private static Inventory.Line alone(Inventory.Line line) {
    return new Inventory.Line(
        line.role(), line.name(), line.component(), line.instances(), line.usesPerPass());
  }

  @Override
  public Pipeline pipeline() {
    return unit.pipeline();
  }

  @Override
  public Stimulus stimulus(long seed, int sums) {
    SumSampler sampler = sampler(seed);
    Recorder recorder = new Recorder(new Random(~seed));
    ScaleSampler scales = new ScaleSampler(scale, seed);
    for (Sum sum : sampler.sums(sums)) {
      recorder.sum(scales.scaled(fitted(sum)));
    }
    return new Stimulus(recorder.beats, recorder.outputs);
  }

  SumSampler sampler(long seed) {
    return new SumSampler(a, b, unit.accumulatorFormat(), unit.length(), mostPasses, seed);
  }

  /** A sum that the module can compute. */
  Sum fitted(Sum sum) {
    return feed.fitted(design.addend().isPresent() ? sum : sum.withAddend(0));
  }

  /** Lays sums out in time. */
  private final class Recorder {
    private final List<Beat> beats = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final int latency = pipeline().latency();
    private final int interval = pipeline().initiationInterval();
    private final Random random;

    Recorder(Random random) {
      this.random = random;
    }

    void sum(Sum sum) {
      long[] results = results(unit, sum);
      for (int pass = 0; pass < results.length; pass++) {
        int edge = beats.size() + latency;
        outputs.add(new Output(edge, Words.of(results[pass])));
        for (int cycle = 0; cycle < interval; cycle++) {
          beats.add(beat(sum, pass, cycle));
        }
      }
      gap();
    }

    private Beat beat(Sum sum, int pass, int cycle) {
      List<BigInteger> words = new ArrayList<>(feed.words(sum, pass * unit.length(), cycle));
      design.addend().ifPresent(port -> words.add(Words.of(sum.addend())));
      return new Beat(cycle == 0, pass == 0 && cycle == 0, words);
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
    P left = model.prepareA(left(1, sum.a(), sum.scalesA()));
    P right = model.prepareB(right(1, sum.b(), sum.scalesB()));
    long[] results = new long[sum.a().length / model.length()];
    for (int pass = 0; pass < results.length; pass++) {
      long[] code = {sum.addend()};
      Accumulators c = new Accumulators(model.accumulatorFormat(), 1, 1, code);
      model.gemm(left, right, 0, (pass + 1) * model.length(), c);
      results[pass] = code[0];
    }
    return results;
  }

  /** Left operands of sums. */
  EncodedMatrix left(int rows, long[] codes, long[] scales) {
    return matrix(a, scale.filter(OperandScale::left), rows, codes, scales);
  }

  /** Right operands of sums. */
  EncodedMatrix right(int rows, long[] codes, long[] scales) {
    return matrix(b, scale, rows, codes, scales);
  }

  private static EncodedMatrix matrix(
      NumberFormat element, Optional<OperandScale> scale, int rows, long[] codes, long[] scales) {
    List<ScaleLevel> levels = scale.map(OperandScale::levels).orElse(List.of());
    List<double[]> values = scale.map(s -> s.values(scales)).stream().toList();
    TensorFormat format = new TensorFormat(element.name(), element, levels);
    return new EncodedMatrix(format, rows, codes.length / rows, codes.clone(), values);
  }
}
