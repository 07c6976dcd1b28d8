package macroscope.rtl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.rtl.Stimulus.Beat;
import macroscope.rtl.Stimulus.Output;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DspPacking;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.PackedMacUnit;

/** The module {@code packed_mac}: all dot products that share slices, side by side. */
final class PackedMacTwin implements Twin {

  /** Passes of a sum in stimuli; any number is allowed. */
  private static final int MOST_PASSES = 16;

  /** Sums that are drawn at a time: as many as there are kinds of them. */
  private static final int DRAWN = 8;

  private final PackedMacSpec spec;
  private final PackedMacUnit unit;
  private final int rows;
  private final int columns;

  private PackedMacTwin(PackedMacSpec spec) {
    this.spec = spec;
    this.unit = new PackedMacUnit(spec);
    this.rows = spec.packing().rows();
    this.columns = spec.packing().columns();
  }

  /** The twin of a unit; empty if its slices add products themselves. */
  static Optional<Twin> of(PackedMacSpec spec) {
    return spec.packing().elements() == 1 ? Optional.of(new PackedMacTwin(spec)) : Optional.empty();
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public TwinFamily family() {
    return TwinFamily.PACKED_MAC;
  }

  @Override
  public Pipeline pipeline() {
    return unit.pipeline();
  }

  @Override
  public Inventory inventory() {
    return unit.inventory().times(spec.packing().outputs());
  }

  @Override
  public Design design() {
    DspPacking packing = spec.packing();
    return new Design(
        "packed_mac",
        List.of(
            "packed_operand",
            "packed_lanes",
            "integer_multiplier",
            "adder_tree",
            "adder",
            "resize",
            "integer_accumulator"),
        new Parameters()
            .put("A_BITS", spec.a().bits())
            .put("A_SIGNED", spec.a().signed())
            .put("B_BITS", spec.b().bits())
            .put("B_SIGNED", spec.b().signed())
            .put("ROWS", rows)
            .put("COLUMNS", columns)
            .put("A_STEP", packing.stepA())
            .put("B_STEP", packing.stepB())
            .put("NARROW_BITS", packing.slice().narrowBits())
            .put("WIDE_BITS", packing.slice().wideBits())
            .put("SLICE_BITS", packing.slice().accumulatorBits())
            .put("LENGTH", spec.length())
            .put("CASCADE", spec.cascade())
            .put("LANE_BITS", spec.laneBits())
            .put("ACC_BITS", spec.accumulatorBits())
            .all(),
        List.of(
            new Port("a", rows * spec.length() * spec.a().bits()),
            new Port("b", columns * spec.length() * spec.b().bits())),
        Optional.of(new Port("addend", resultBits())),
        new Port("sum", resultBits()));
  }

  private int resultBits() {
    return rows * columns * spec.accumulatorBits();
  }

  @Override
  public Stimulus stimulus(long seed, int sums) {
    Random random = new Random(~seed);
    SumSampler sampler =
        new SumSampler(
            spec.a(), spec.b(), unit.accumulatorFormat(), spec.length(), MOST_PASSES, seed);
    List<Beat> beats = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    int sharing = Math.max(rows, columns);
    for (int done = 0; done < sums; done += DRAWN / sharing * rows * columns) {
      List<Sum> drawn = sampler.rows(DRAWN, 1 + random.nextInt(MOST_PASSES));
      for (int from = 0; from + sharing <= DRAWN; from += sharing) {
        shared(drawn.subList(from, from + sharing), beats, outputs);
        for (int gap = random.nextInt(DotTwin.GAP + 1); gap > 0; gap--) {
          beats.add(new Beat(false, random.nextBoolean(), garbage(random)));
        }
      }
    }
    return new Stimulus(beats, outputs);
  }

  private List<BigInteger> garbage(Random random) {
    return design().inputs().stream().map(port -> new BigInteger(port.bits(), random)).toList();
  }

  /** The sums of all rows of some left operands by all of some right ones. */
  private void shared(List<Sum> drawn, List<Beat> beats, List<Output> outputs) {
    List<long[]> a = drawn.subList(0, rows).stream().map(Sum::a).toList();
    List<long[]> b = drawn.subList(0, columns).stream().map(Sum::b).toList();
    long[] addends =
        IntStream.range(0, rows * columns)
            .mapToLong(lane -> drawn.get(lane % drawn.size()).addend())
            .toArray();
    for (int from = 0; from < a.get(0).length; from += spec.length()) {
      long[] sums = results(a, b, from + spec.length(), addends);
      outputs.add(new Output(beats.size() + pipeline().latency(), word(sums)));
      List<BigInteger> words =
          List.of(pass(a, from, spec.a()), pass(b, from, spec.b()), word(addends));
      beats.add(new Beat(true, from == 0, words));
    }
  }

  /** The codes of one pass of all rows of an operand. */
  private BigInteger pass(List<long[]> codes, int from, IntegerFormat format) {
    BigInteger word = BigInteger.ZERO;
    for (int row = codes.size() - 1; row >= 0; row--) {
      word =
          word.shiftLeft(spec.length() * format.bits())
              .or(Words.packed(codes.get(row), from, from + spec.length(), format.bits()));
    }
    return word;
  }

  private BigInteger word(long[] sums) {
    return Words.packed(sums, 0, sums.length, spec.accumulatorBits());
  }

  private long[] results(List<long[]> a, List<long[]> b, int depth, long[] addends) {
    Accumulators c = new Accumulators(unit.accumulatorFormat(), rows, columns, addends.clone());
    unit.gemm(unit.prepareA(matrix(spec.a(), a)), unit.prepareB(matrix(spec.b(), b)), 0, depth, c);
    return c.codes();
  }

  private static EncodedMatrix matrix(IntegerFormat format, List<long[]> rows) {
    long[] codes = rows.stream().flatMapToLong(Arrays::stream).toArray();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows.size(), codes.length / rows.size(), codes, List.of());
  }
}
