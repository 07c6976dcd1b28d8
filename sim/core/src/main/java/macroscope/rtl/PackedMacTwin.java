package macroscope.rtl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    int length = spec.length();
    int depth = drawn.get(0).a().length;
    long[] addends = new long[rows * columns];
    for (int lane = 0; lane < addends.length; lane++) {
      addends[lane] = drawn.get(lane % drawn.size()).addend();
    }
    for (int from = 0; from < depth; from += length) {
      BigInteger a = BigInteger.ZERO;
      for (int i = rows - 1; i >= 0; i--) {
        BigInteger row = Words.packed(drawn.get(i).a(), from, from + length, spec.a().bits());
        a = a.shiftLeft(length * spec.a().bits()).or(row);
      }
      BigInteger b = BigInteger.ZERO;
      for (int j = columns - 1; j >= 0; j--) {
        BigInteger column = Words.packed(drawn.get(j).b(), from, from + length, spec.b().bits());
        b = b.shiftLeft(length * spec.b().bits()).or(column);
      }
      outputs.add(
          new Output(
              beats.size() + pipeline().latency(), word(results(drawn, from + length, addends))));
      beats.add(new Beat(true, from == 0, List.of(a, b, word(addends))));
    }
  }

  private BigInteger word(long[] sums) {
    return Words.packed(sums, 0, sums.length, spec.accumulatorBits());
  }

  private long[] results(List<Sum> drawn, int depth, long[] addends) {
    Accumulators c = new Accumulators(unit.accumulatorFormat(), rows, columns, addends.clone());
    EncodedMatrix a = matrix(spec.a(), drawn.subList(0, rows).stream().map(Sum::a).toList());
    EncodedMatrix b = matrix(spec.b(), drawn.subList(0, columns).stream().map(Sum::b).toList());
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, depth, c);
    return c.codes();
  }

  private static EncodedMatrix matrix(IntegerFormat format, List<long[]> rows) {
    long[] codes = rows.stream().flatMapToLong(Arrays::stream).toArray();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows.size(), codes.length / rows.size(), codes, List.of());
  }
}
