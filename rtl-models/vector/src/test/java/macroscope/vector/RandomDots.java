package macroscope.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.reference.ReferenceBlockScaledDot;
import macroscope.reference.ReferenceExactGroupDot;
import macroscope.reference.ReferenceFmaChain;
import macroscope.reference.ReferenceFusedDot;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceInterleavedDot;
import macroscope.reference.ReferencePairwiseDot;
import macroscope.reference.ReferenceScaledGroupDot;
import macroscope.reference.ReferenceScaledUnit;
import macroscope.reference.ReferenceTwoLevelDot;
import macroscope.reference.ReferenceUnit;
import macroscope.reference.ReferenceVectorFma;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.DotProductUnit;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Instruction;
import macroscope.unit.Instruction.Registers;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.InterleavedDotSpec;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.TwoLevelDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.unit.VectorFmaSpec;

/**
 * Random dot products of the instructions of one family, on the fastest kernels, each held against the
 * reference twin of the unit. Independent of the number of threads.
 */
final class RandomDots {

  /** Dots of one product: one row by so many columns, which fill vectors and leave a rest. */
  private static final int COLUMNS = 50;

  private static final Map<Class<? extends UnitSpec>, Function<UnitSpec, ReferenceUnit>> TWINS =
      Map.of(
          FusedDotSpec.class, spec -> new ReferenceFusedDot((FusedDotSpec) spec),
          InterleavedDotSpec.class, spec -> new ReferenceInterleavedDot((InterleavedDotSpec) spec),
          PairwiseDotSpec.class, spec -> new ReferencePairwiseDot((PairwiseDotSpec) spec),
          ExactGroupDotSpec.class, spec -> new ReferenceExactGroupDot((ExactGroupDotSpec) spec),
          TwoLevelDotSpec.class, spec -> new ReferenceTwoLevelDot((TwoLevelDotSpec) spec),
          VectorFmaSpec.class, spec -> new ReferenceVectorFma((VectorFmaSpec) spec),
          FmaChainSpec.class, spec -> new ReferenceFmaChain((FmaChainSpec) spec),
          IntegerMacSpec.class, spec -> new ReferenceIntegerMac((IntegerMacSpec) spec));

  private static final Map<Class<? extends UnitSpec>, Function<UnitSpec, ReferenceScaledUnit>>
      SCALED_TWINS =
          Map.of(
              BlockScaledDotSpec.class,
              spec -> new ReferenceBlockScaledDot((BlockScaledDotSpec) spec),
              ScaledGroupDotSpec.class,
              spec -> new ReferenceScaledGroupDot((ScaledGroupDotSpec) spec));

  private final List<Pair> pairs;

  /** An instruction, its unit and its twin. */
  private record Pair(Instruction instruction, DotProductUnit<?> unit, Twin twin) {
    static Pair of(Instruction instruction) {
      return new Pair(
          instruction, Units.create(instruction.unit()), RandomDots.twin(instruction.unit()));
    }
  }

  /** Either kind of twin; one without scales is given none. */
  private interface Twin {
    long dot(long[] x, long[] scalesX, long[] y, long[] scalesY, long c);
  }

  private static Twin twin(UnitSpec spec) {
    if (SCALED_TWINS.containsKey(spec.getClass())) {
      return SCALED_TWINS.get(spec.getClass()).apply(spec)::dot;
    }
    ReferenceUnit unscaled = TWINS.get(spec.getClass()).apply(spec);
    return (x, scalesX, y, scalesY, c) -> unscaled.dot(x, y, c);
  }

  /**
   * @param instructions of any families that have a twin; they take turns
   */
  RandomDots(List<Instruction> instructions) {
    this.pairs = instructions.stream().map(Pair::of).toList();
  }

  /** Whether there is a twin for units of these parameters. */
  static boolean hasTwin(UnitSpec spec) {
    return TWINS.containsKey(spec.getClass()) || SCALED_TWINS.containsKey(spec.getClass());
  }

  /**
   * Computes at least so many dots.
   *
   * @return the first difference, if there is one
   */
  Optional<String> firstDifference(int count, long seed) {
    return IntStream.range(0, (count + COLUMNS - 1) / COLUMNS)
        .parallel()
        .mapToObj(piece -> difference(piece, new SplittableRandom(seed + piece)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> difference(int piece, SplittableRandom random) {
    Pair pair = pairs.get(piece % pairs.size());
    Instruction instruction = pair.instruction;
    Draw draw = new Draw(random);
    int depth = depth(instruction, random);
    int blocks = instruction.scale().map(scale -> depth / scale.length()).orElse(0);
    long[] x = draw.codes(instruction.a().format(), depth);
    long[] y = draw.codes(instruction.b().format(), depth * COLUMNS);
    long[] c = draw.codes(instruction.c().format(), COLUMNS);
    long[] scalesX = draw.scales(instruction, blocks);
    long[] scalesY = draw.scales(instruction, blocks * COLUMNS);
    long[] actual =
        instruction.dots(
            pair.unit,
            new Registers(registers(x, instruction.a().ignoredBits()), scalesX),
            new Registers(registers(y, instruction.b().ignoredBits()), scalesY),
            registers(c, instruction.c().ignoredBits()));
    for (int j = 0; j < COLUMNS; j++) {
      long[] column = Arrays.copyOfRange(y, j * depth, (j + 1) * depth);
      long[] scales = Arrays.copyOfRange(scalesY, j * blocks, (j + 1) * blocks);
      long expected =
          pair.twin.dot(
              x,
              masked(instruction, scalesX),
              column,
              masked(instruction, scales),
              addend(instruction, c[j]));
      if (actual[j] != expected) {
        return Optional.of(
            String.format(
                "%s, piece %d, column %d: %x, not %x",
                instruction.name(), piece, j, actual[j], expected));
      }
    }
    return Optional.empty();
  }

  /** One pass, or where the instruction takes any number of products, up to two. */
  private static int depth(Instruction instruction, SplittableRandom random) {
    int step = instruction.depth().step();
    int most = Math.min(instruction.depth().most(), 64);
    return step * (1 + random.nextInt(most / step));
  }

  private static long[] registers(long[] codes, int ignoredBits) {
    return Arrays.stream(codes).map(code -> code << ignoredBits).toArray();
  }

  /** The addend in the accumulator format, to which it is widened exactly. */
  private static long addend(Instruction instruction, long code) {
    NumberFormat from = instruction.c().format();
    NumberFormat to = instruction.d().format();
    return from.equals(to)
        ? code
        : to.encode(from.decode(code), RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private static long[] masked(Instruction instruction, long[] scales) {
    return Arrays.stream(scales)
        .map(register -> instruction.scale().orElseThrow().type().code(register))
        .toArray();
  }

  /** How the codes of one product are drawn. */
  private static final class Draw {
    private final SplittableRandom random;

    /** Exponents lie within so many of that of 1; 0 for any bits, specials included. */
    private final int spread;

    private final boolean zeros;

    Draw(SplittableRandom random) {
      this.random = random;
      this.spread = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(40);
      this.zeros = random.nextInt(4) == 0;
    }

    long[] codes(NumberFormat format, int count) {
      long[] codes = new long[count];
      for (int i = 0; i < count; i++) {
        codes[i] = zeros && random.nextInt(4) == 0 ? 0 : code(format);
      }
      return codes;
    }

    private long code(NumberFormat format) {
      long raw = random.nextLong() >>> (Long.SIZE - format.bits());
      if (spread == 0 || !(format instanceof FloatFormat f) || f.exponentBits() < 3) {
        return raw;
      }
      long top = (1L << f.exponentBits()) - 1;
      long field = f.bias() - spread / 2 + random.nextInt(spread);
      long clipped = Math.max(0, Math.min(top - 1, field));
      return raw & ~(top << f.fractionBits()) | clipped << f.fractionBits();
    }

    /** Registers of scales, mostly near 1. */
    long[] scales(Instruction instruction, int count) {
      return instruction.scale().stream()
          .flatMapToLong(
              scale -> {
                FloatFormat format = (FloatFormat) scale.type().format();
                long one = (long) format.bias() << format.fractionBits();
                return IntStream.range(0, count)
                    .mapToLong(i -> random.nextInt(16) == 0 ? raw(format) : one + near());
              })
          .toArray();
    }

    private long raw(FloatFormat format) {
      return spread == 0 ? random.nextLong() >>> (Long.SIZE - format.bits()) : 1;
    }

    private long near() {
      return random.nextInt(16) - 8;
    }
  }
}
