package macroscope.unit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Units spelled by their parameters: {@code family:key=value,key=value}, families and keys as in sweep
 * files, {@code fused:a=e4m3fn,length=16,kept_fraction_bits=13}.
 *
 * <ul>
 *   <li>{@code fused}: a, b (a), length, group_length (length), kept_fraction_bits, output (binary32),
 *       rounding (toward_zero), output_fraction_bits (those of the output)
 *   <li>{@code interleaved}: a, b (a), length, kept_fraction_bits, output (binary32), rounding
 *       (toward_zero)
 *   <li>{@code block_scaled}: those of fused, scale (e8m0), block_length (32)
 *   <li>{@code scaled_group}: a, b (a), scale, length, group_length, block_length (16),
 *       kept_fraction_bits, output (binary32), rounding (toward_zero)
 *   <li>{@code kulisch}: a, b (a), length, terms, accumulator_bits (those of so many products), output
 *       (binary32)
 *   <li>{@code packed_mac}: packing, a and b (those of the packing), length, accumulator_bits
 *   <li>{@code integer_mac}: a, b (a), length, accumulator_bits, saturating (false)
 *   <li>{@code binary_mac}: operation (xor), length, accumulator_bits (32)
 *   <li>{@code bit_planes}: a, b (a), length, accumulator_bits (32), arrays (1)
 *   <li>{@code fma_chain}: format, length
 *   <li>{@code lookup_table}: weight_bits, weight_group (0), activation_group, tables_per_call,
 *       number_system (fp32_avx2), aggregation (exact), units_per_table (0, those of the array)
 *   <li>{@code lns}: a, b (a), accumulator, index_bits, length (1)
 *   <li>the name of a {@link Datapath}: the keys of its family, with its values where a key is missing
 *   <li>{@code codebook}: a (binary16), dimension, index_bits (of each codebook, 8_8), stored
 *       (binary16), form (decode), scale (after), table (binary32), length (the dimension), reuse (64),
 *       book (stored)
 * </ul>
 *
 * and those of {@link TableSpelling} and {@link MacSpelling}. In brackets what a missing key means; other keys must be there.
 */
final class UnitSpelling {

  private final String text;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private UnitSpelling(String text, Map<String, String> otherwise, String parameters) {
    this.text = text;
    values.putAll(otherwise);
    if (!parameters.isEmpty()) {
      values.putAll(pairs(text, parameters));
    }
  }

  /** The values of {@code key=value,key=value}. */
  static Map<String, String> pairs(String text, String parameters) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : parameters.split(",", -1)) {
      int sign = pair.indexOf('=');
      if (sign < 1) {
        throw new WrongSpelling(text + ": must be key=value: '" + pair + "'");
      }
      if (pairs.put(pair.substring(0, sign), pair.substring(sign + 1)) != null) {
        throw new WrongSpelling(text + ": " + pair.substring(0, sign) + " is given twice");
      }
    }
    return pairs;
  }

  /** Whether {@code text} starts like a spelled unit or is the name of a {@link Datapath}. */
  static boolean is(String text) {
    return text.contains(":") || Datapath.find(text).isPresent();
  }

  /**
   * The parameters that {@code text} spells; they are named by the text.
   *
   * @throws IllegalArgumentException naming the text, the key and the rule
   */
  static UnitSpec parse(String text) {
    int colon = text.indexOf(':');
    String head = colon < 0 ? text : text.substring(0, colon);
    Optional<Datapath> known = Datapath.find(head);
    Map<String, String> otherwise = known.map(Datapath::parameters).orElse(Map.of());
    String family = known.map(Datapath::family).orElse(head);
    String parameters = colon < 0 ? "" : text.substring(colon + 1);
    return parse(text, otherwise, parameters, keys -> keys.spec(family));
  }

  /**
   * What {@code key=value,...} spells.
   *
   * @param text what messages name
   * @param otherwise values of missing keys
   */
  static UnitSpec parse(
      String text,
      Map<String, String> otherwise,
      String parameters,
      Function<UnitSpelling, UnitSpec> maker) {
    UnitSpelling spelling = new UnitSpelling(text, otherwise, parameters);
    UnitSpec spec;
    try {
      spec = maker.apply(spelling);
    } catch (WrongSpelling e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw spelling.wrong(String.valueOf(e.getMessage()));
    }
    spelling.requireNothingElse();
    return spec;
  }

  private static final class WrongSpelling extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongSpelling(String message) {
      super(message);
    }
  }

  WrongSpelling wrong(String rule) {
    return new WrongSpelling(text + ": " + rule);
  }

  private void requireNothingElse() {
    TreeSet<String> unknown = new TreeSet<>(values.keySet());
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw wrong("unknown " + unknown.first() + "; there are " + String.join(", ", known));
    }
  }

  private UnitSpec spec(String family) {
    return switch (family) {
      case "fused" -> fused();
      case "block_scaled" ->
          new BlockScaledDotSpec(fused(), floats("scale", optional("scale", "e8m0")), block(32));
      case "interleaved" ->
          new InterleavedDotSpec(
              text,
              floats("a"),
              floatsB(),
              output(),
              number("length"),
              number("kept_fraction_bits"),
              choice("rounding", RoundingMode.TOWARD_ZERO));
      case "scaled_group" ->
          new ScaledGroupDotSpec(
              text,
              floats("a"),
              floatsB(),
              floats("scale"),
              output(),
              number("length"),
              number("group_length"),
              block(16),
              number("kept_fraction_bits"),
              choice("rounding", RoundingMode.TOWARD_ZERO));
      case "kulisch" -> kulisch();
      case "integer_mac" ->
          new IntegerMacSpec(
              text,
              integers("a", required("a")),
              integers("b", optional("b", required("a"))),
              number("length"),
              number("accumulator_bits"),
              flag("saturating"));
      case "packed_mac" -> packed();
      case "binary_mac" ->
          new BinaryMacSpec(
              text,
              choice("operation", BinaryMacSpec.Operation.XOR),
              number("length"),
              number("accumulator_bits", 32));
      case "bit_planes" ->
          new BitPlaneMacSpec(
              text,
              Formats.forUser(required("a")),
              Formats.forUser(optional("b", required("a"))),
              number("length"),
              number("accumulator_bits", 32),
              number("arrays", 1));
      case "fma_chain" -> new FmaChainSpec(text, floats("format"), number("length"));
      case "lookup_table" ->
          new LookupTableSpec(
              text,
              number("weight_bits"),
              number("weight_group", 0),
              number("activation_group"),
              number("tables_per_call"),
              choice("number_system", LookupTableSpec.NumberSystem.FP32_AVX2),
              choice("aggregation", LookupTableSpec.Aggregation.EXACT),
              number("units_per_table", 0));
      case "codebook" -> codebook();
      case "lns" ->
          new LogarithmicSumSpec(
              text,
              logarithmic("a", required("a")),
              logarithmic("b", optional("b", required("a"))),
              logarithmic("accumulator", required("accumulator")),
              number("index_bits"),
              number("length", 1));
      default -> {
        if (TableSpelling.FAMILIES.contains(family)) {
          yield new TableSpelling(this).spec(family);
        }
        if (!MacSpelling.FAMILIES.contains(family)) {
          throw wrong(
              "unknown family "
                  + family
                  + "; there are fused, interleaved, block_scaled, scaled_group, kulisch,"
                  + " integer_mac, packed_mac, binary_mac, bit_planes, fma_chain, lookup_table,"
                  + " codebook, lns, "
                  + String.join(", ", TableSpelling.FAMILIES)
                  + ", "
                  + String.join(", ", MacSpelling.FAMILIES)
                  + ", "
                  + String.join(", ", Datapath.all().stream().map(Datapath::name).toList()));
        }
        yield new MacSpelling(this).spec(family);
      }
    };
  }

  private int block(int otherwise) {
    return number("block_length", otherwise);
  }

  private FusedDotSpec fused() {
    int length = number("length");
    FloatFormat output = output();
    return new FusedDotSpec(
        text,
        floats("a"),
        floatsB(),
        output,
        length,
        number("group_length", length),
        number("kept_fraction_bits"),
        choice("rounding", RoundingMode.TOWARD_ZERO),
        number("output_fraction_bits", output.fractionBits()));
  }

  private KulischSpec kulisch() {
    FloatFormat a = floats("a");
    FloatFormat b = floatsB();
    int length = number("length");
    int terms = Widths.positive("terms", number("terms"));
    int bits = number("accumulator_bits", KulischHardware.accumulatorBits(a, b, terms));
    return new KulischSpec(text, a, b, length, terms, bits, output());
  }

  private PackedMacSpec packed() {
    DspPacking packing = DspPacking.named(required("packing"));
    return new PackedMacSpec(
        text,
        packing,
        integers("a", optional("a", packing.usualA())),
        integers("b", optional("b", packing.usualB())),
        number("length"),
        number("accumulator_bits"));
  }

  private LogarithmicFormat logarithmic(String key, String name) {
    if (format(key, name) instanceof LogarithmicFormat logarithmic) {
      return logarithmic;
    }
    throw wrong(key + " must be a logarithmic format: " + name);
  }

  private CodebookSpec codebook() {
    int dimension = number("dimension");
    String bits = required("index_bits");
    if (!bits.matches("\\d{1,2}(_\\d{1,2})*")) {
      throw wrong("index_bits must be whole numbers joined by _: " + bits);
    }
    return new CodebookSpec(
        text,
        floats("a", optional("a", Formats.BINARY16.name())),
        dimension,
        Stream.of(bits.split("_")).map(Integer::valueOf).toList(),
        floats("stored", optional("stored", Formats.BINARY16.name())),
        choice("form", CodebookSpec.Form.DECODE),
        choice("scale", CodebookSpec.Scale.AFTER),
        floats("table", optional("table", Formats.BINARY32.name())),
        number("length", dimension),
        number("reuse", 64),
        choice("book", CodebookSpec.Book.STORED));
  }

  String required(String key) {
    known.add(key);
    String value = values.get(key);
    if (value == null) {
      throw wrong(key + " is missing");
    }
    return value;
  }

  String optional(String key, String otherwise) {
    known.add(key);
    return values.getOrDefault(key, otherwise);
  }

  int number(String key) {
    return number(key, required(key));
  }

  int number(String key, int otherwise) {
    return number(key, String.valueOf(otherwise));
  }

  /** The whole number of a key, or what stands for it if it is missing. */
  int number(String key, String otherwise) {
    String value = optional(key, otherwise);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong(key + " must be a whole number: " + value);
    }
  }

  boolean flag(String key) {
    String value = optional(key, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw wrong(key + " must be true or false: " + value);
    }
    return value.equals("true");
  }

  <E extends Enum<E>> E choice(String key, E otherwise) {
    String value = optional(key, otherwise.name());
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    return Stream.of(all)
        .filter(one -> one.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() -> wrong(key + " must be one of " + names(all) + ": " + value));
  }

  private static String names(Enum<?>[] all) {
    return String.join(
        ", ", Stream.of(all).map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
  }

  FloatFormat floats(String key) {
    return floats(key, required(key));
  }

  FloatFormat floatsB() {
    return floats("b", optional("b", required("a")));
  }

  private FloatFormat output() {
    return floats("output", optional("output", Formats.BINARY32.name()));
  }

  /** The name that the unit gets. */
  String text() {
    return text;
  }

  /** The scalar format of a key. */
  NumberFormat format(String key, String name) {
    try {
      return Formats.forUser(name);
    } catch (IllegalArgumentException e) {
      throw wrong(key + ": " + e.getMessage());
    }
  }

  FloatFormat floats(String key, String name) {
    NumberFormat format = Formats.forUser(name);
    if (format instanceof FloatFormat floating) {
      return floating;
    }
    throw wrong(key + " must be a float format: " + name);
  }

  IntegerFormat integers(String key, String name) {
    NumberFormat format = Formats.forUser(name);
    if (format instanceof IntegerFormat integer) {
      return integer;
    }
    throw wrong(key + " must be an integer format: " + name);
  }
}
