package macroscope.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.UnknownFormatException;
import macroscope.unit.BlockScale;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Instruction;
import macroscope.unit.Instruction.Registers;
import macroscope.unit.RegisterType;
import macroscope.unit.Units;

/**
 * One element of a matrix instruction: {@code c + sum of a_k * b_k}. NaN are compared by their bits,
 * save those of AMD's instructions and of f64, whose rows carry one canonical NaN for any.
 */
final class DotKind implements VectorKind {

  private static final int MOST_PRODUCTS = 1 << 12;

  /**
   * Columns of the product in which the row is replayed besides the one with a single column: two
   * full vectors of 16 lanes and some over, so that kernels for many columns are held to the row too.
   */
  private static final int COLUMNS = 35;

  private final Map<String, DotProductUnit<?>> units = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "dot";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "id",
        "vendor",
        "arch",
        "instruction",
        "a_type",
        "b_type",
        "c_type",
        "d_type",
        "k",
        "a_hex",
        "b_hex",
        "scale_a_hex",
        "scale_b_hex",
        "c_hex",
        "d_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    return read(row).map(dot -> replay(row, dot)).orElseGet(() -> unknown(row));
  }

  /** What the row holds; empty if its instruction is not known. */
  Optional<DotRow> read(VectorRow row) {
    int products = row.integer("k", 1, MOST_PRODUCTS);
    row.digits("a_hex", products);
    row.digits("b_hex", products);
    row.code("c_hex", 64);
    row.code("d_hex", 64);
    return Units.find(row.text("vendor"), row.text("arch"), row.text("instruction"))
        .map(instruction -> read(row, instruction, products));
  }

  private static DotRow read(VectorRow row, Instruction instruction, int products) {
    requireShape(row, instruction, products);
    return new DotRow(
        instruction,
        registers(row, "a", instruction.a(), instruction, products),
        registers(row, "b", instruction.b(), instruction, products),
        row.word("c_hex", digits(instruction.c())),
        row.word("d_hex", digits(instruction.d())));
  }

  private static Outcome unknown(VectorRow row) {
    return new Outcome.Unsupported(
        "instruction "
            + VectorRow.shown(
                row.text("vendor") + " " + row.text("arch") + " " + row.text("instruction"))
            + " is not known");
  }

  private Outcome replay(VectorRow row, DotRow dot) {
    Instruction instruction = dot.instruction();
    DotProductUnit<?> unit =
        units.computeIfAbsent(instruction.name(), name -> Units.create(instruction.unit()));
    long expected = dot.expected();
    long alone = instruction.dot(unit, dot.a(), dot.b(), dot.c());
    long[] beside = instruction.dots(unit, dot.a(), repeated(dot.b()), repeated(dot.c()));
    return LongStream.concat(LongStream.of(alone), Arrays.stream(beside))
        .filter(got -> got != expected && !isAnyNan(row, instruction.d(), expected, got))
        .mapToObj(
            got ->
                (Outcome)
                    new Outcome.Failed(
                        "d_hex", row.text("d_hex"), Hex.of(got, digits(instruction.d()))))
        .findFirst()
        .orElseGet(Outcome.Passed::new);
  }

  private static Registers registers(
      VectorRow row, String operand, RegisterType type, Instruction instruction, int products) {
    long[] elements = row.words(operand + "_hex", digits(type), products);
    return new Registers(
        elements,
        instruction
            .scale()
            .map(scale -> scales(row, scaleColumn(operand), scale, products))
            .orElse(new long[0]));
  }

  private static long[] scales(VectorRow row, String column, BlockScale scale, int products) {
    int blocks = (products + scale.length() - 1) / scale.length();
    return row.words(column, digits(scale.type()), blocks);
  }

  private static String scaleColumn(String operand) {
    return "scale_" + operand + "_hex";
  }

  private static Registers repeated(Registers column) {
    return new Registers(repeated(column.elements()), repeated(column.scales()));
  }

  private static long[] repeated(long... column) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(i -> column)
        .flatMapToLong(Arrays::stream)
        .toArray();
  }

  private static void requireShape(VectorRow row, Instruction instruction, int products) {
    requireType(row, "a_type", instruction.a());
    requireType(row, "b_type", instruction.b());
    requireType(row, "c_type", instruction.c());
    requireType(row, "d_type", instruction.d());
    if (!instruction.depth().takes(products)) {
      throw row.wrong(
          "k", "must be that of the instruction, " + instruction.depth() + ": " + products);
    }
    for (String scale : new String[] {scaleColumn("a"), scaleColumn("b")}) {
      if (instruction.scale().isEmpty() && !row.text(scale).isEmpty()) {
        throw row.wrong(scale, "must be empty, as the instruction has no scales");
      }
    }
  }

  private static void requireType(VectorRow row, String column, RegisterType type) {
    String name = row.text(column);
    if (!format(name).equals(Optional.of(type.format()))) {
      throw row.wrong(
          column, "must be that of the instruction, " + type.name() + ": " + VectorRow.shown(name));
    }
  }

  private static Optional<NumberFormat> format(String name) {
    try {
      return Optional.of(Formats.inDotFiles(name));
    } catch (UnknownFormatException e) {
      return Optional.empty();
    }
  }

  private static int digits(RegisterType type) {
    return (type.bits() + 3) / 4;
  }

  private static boolean isAnyNan(VectorRow row, RegisterType d, long expected, long got) {
    boolean asClass = row.text("vendor").equals("AMD") || d.format().equals(Formats.BINARY64);
    return asClass
        && d.format().decode(d.code(expected)).isNan()
        && d.format().decode(d.code(got)).isNan();
  }
}
