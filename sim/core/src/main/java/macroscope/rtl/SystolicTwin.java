package macroscope.rtl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;
import macroscope.rtl.Stimulus.Beat;
import macroscope.rtl.Stimulus.Output;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;

/**
 * The module {@code systolic_array}: an output-stationary array of integer units. A pass of all rows of
 * A and columns of B enters each cycle; the result of a unit is complete as many cycles after its last
 * pass as the unit is steps away from the first one, and the unit's latency.
 */
public final class SystolicTwin implements Twin {

  /** What an array is called. */
  static final Pattern NAME =
      Pattern.compile("(?<unit>.+) in (?<rows>\\d{1,2}) x (?<columns>\\d{1,2}) output-stationary");

  /** Passes of a tile in stimuli. */
  private static final int MOST_PASSES = 4;

  private final IntegerMacSpec spec;
  private final IntegerMacUnit unit;
  private final int rows;
  private final int columns;

  /**
   * @param rows R, 1..64
   * @param columns C, 1..64
   */
  public SystolicTwin(IntegerMacSpec spec, int rows, int columns) {
    this.spec = spec;
    this.unit = new IntegerMacUnit(spec);
    this.rows = Widths.inRange("rows", rows, 1, 64);
    this.columns = Widths.inRange("columns", columns, 1, 64);
  }

  @Override
  public String name() {
    return spec.name() + " in " + rows + " x " + columns + " output-stationary";
  }

  @Override
  public TwinFamily family() {
    return TwinFamily.SYSTOLIC;
  }

  /** From the first operands of a tile of one pass to its last result; a pass enters each cycle. */
  @Override
  public Pipeline pipeline() {
    List<String> stages =
        Stream.concat(
                IntStream.range(1, rows + columns - 1).mapToObj(step -> "step " + step),
                unit.pipeline().stages().stream())
            .toList();
    return new Pipeline(stages, unit.pipeline().initiationInterval());
  }

  /** The units, their gated results, what skews operands and the tags that go beside them. */
  @Override
  public Inventory inventory() {
    InventoryBuilder skew = new InventoryBuilder();
    int bits =
        rows * (rows - 1) / 2 * spec.length() * spec.a().bits()
            + columns * (columns - 1) / 2 * spec.length() * spec.b().bits();
    if (bits > 0) {
      skew.add(Role.STORAGE, "operand skew", new Component.Register(bits));
    }
    int tags = 2 * (rows + columns - 2) + unit.pipeline().latency() + 1;
    skew.add(Role.CONTROL, "tags", new Component.Register(tags));
    Component gate = new Component.Multiplexer(2, spec.accumulatorBits());
    skew.add(Role.CONTROL, "result gates", gate, rows * columns);
    return unit.inventory().times(rows * columns).plus(skew.build());
  }

  @Override
  public Design design() {
    Design one = IntegerMacTwin.design(spec);
    Parameters parameters = new Parameters(one.parameters());
    parameters.put("ROWS", rows).put("COLUMNS", columns);
    return new Design(
        "systolic_array",
        Stream.concat(Stream.of(one.module()), one.modules().stream()).toList(),
        parameters.all(),
        Design.Control.VALID,
        List.of(
            new Port("a", rows * spec.length() * spec.a().bits()),
            new Port("b", columns * spec.length() * spec.b().bits())),
        Optional.empty(),
        new Port("results", rows * columns * resultBits()));
  }

  /** Bits of a unit's result with the bit that says it is there. */
  private int resultBits() {
    return spec.accumulatorBits() + 1;
  }

  @Override
  public Stimulus stimulus(long seed, int sums) {
    Random random = new Random(seed);
    List<Beat> beats = new ArrayList<>();
    Map<Integer, BigInteger> outputs = new TreeMap<>();
    for (int tile = 0; tile * rows * columns < sums; tile++) {
      tile(1 + random.nextInt(MOST_PASSES), random, beats, outputs);
      for (int gap = random.nextInt(3); gap > 0; gap--) {
        beats.add(new Beat(false, random.nextBoolean(), garbage(random)));
      }
    }
    return new Stimulus(
        beats,
        outputs.entrySet().stream()
            .map(entry -> new Output(entry.getKey(), entry.getValue()))
            .toList());
  }

  private List<BigInteger> garbage(Random random) {
    return design().inputs().stream().map(port -> new BigInteger(port.bits(), random)).toList();
  }

  private void tile(int passes, Random random, List<Beat> beats, Map<Integer, BigInteger> outputs) {
    int depth = passes * spec.length();
    long[] a = codes(spec.a(), rows * depth, random);
    long[] b = codes(spec.b(), columns * depth, random);
    for (int pass = 0; pass < passes; pass++) {
      List<BigInteger> words =
          List.of(pass(a, rows, depth, pass, spec.a()), pass(b, columns, depth, pass, spec.b()));
      beats.add(new Beat(pass == passes - 1, pass == 0, words));
    }
    long[] results = product(a, b, depth);
    int last = beats.size() - 1;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        BigInteger word = Words.of(results[at]).setBit(spec.accumulatorBits());
        int edge = last + i + j + unit.pipeline().latency();
        outputs.merge(edge, word.shiftLeft(at * resultBits()), BigInteger::or);
      }
    }
  }

  private static long[] codes(IntegerFormat format, int count, Random random) {
    List<Long> edges = EdgeCodes.of(format);
    boolean ends = random.nextInt(4) == 0;
    long mask = (1L << format.bits()) - 1;
    return IntStream.range(0, count)
        .mapToLong(k -> ends ? edges.get(random.nextInt(edges.size())) : random.nextLong() & mask)
        .toArray();
  }

  /** The codes of one pass of all rows. */
  private BigInteger pass(long[] codes, int count, int depth, int pass, IntegerFormat format) {
    BigInteger word = BigInteger.ZERO;
    for (int row = count - 1; row >= 0; row--) {
      int from = row * depth + pass * spec.length();
      word =
          word.shiftLeft(spec.length() * format.bits())
              .or(Words.packed(codes, from, from + spec.length(), format.bits()));
    }
    return word;
  }

  private long[] product(long[] a, long[] b, int depth) {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), rows, columns);
    unit.gemm(
        unit.prepareA(matrix(spec.a(), rows, depth, a)),
        unit.prepareB(matrix(spec.b(), columns, depth, b)),
        0,
        depth,
        c);
    return c.codes();
  }

  private static EncodedMatrix matrix(IntegerFormat format, int rows, int depth, long[] codes) {
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows, depth, codes, List.of());
  }
}
