package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.PositFormat;
import macroscope.format.PowerFormat;
import macroscope.format.RoundingMode;
import macroscope.format.TakumFormat;
import macroscope.report.Listing;
import macroscope.tensor.Extent;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.ScaleLevel;
import macroscope.tensor.TensorFormat;

/** What {@code formats} prints. */
final class FormatListings {

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "kind",
          "bits",
          "signed",
          "exponent_bits",
          "fraction_bits",
          "bias",
          "special_values",
          "least_positive",
          "largest",
          "element");

  /** Sides of the matrix that scales are spread over: a multiple of every listed block. */
  private static final int MANY = 3 << 10;

  private FormatListings() {}

  /** Scalar formats, then block formats. */
  static Listing all(FormatCatalogue catalogue) {
    Stream<List<Object>> blocks =
        catalogue.blockNames().stream().map(catalogue::scheme).map(FormatListings::block);
    return new Listing(
        COLUMNS,
        Stream.concat(catalogue.scalars().stream().map(FormatListings::scalar), blocks).toList());
  }

  static Listing of(List<NumberFormat> formats) {
    return new Listing(COLUMNS, formats.stream().map(FormatListings::scalar).toList());
  }

  private static List<Object> scalar(NumberFormat format) {
    List<Object> row = new ArrayList<>(List.of(format.name(), kind(format), format.bits()));
    row.add(format.signed());
    if (format instanceof FloatFormat f) {
      row.addAll(List.of(f.exponentBits(), f.fractionBits(), f.bias(), specials(f)));
    } else if (format instanceof IntegerFormat i) {
      row.addAll(List.of("", i.fractionBits(), "", i.symmetric() ? "symmetric range" : ""));
    } else {
      row.addAll(List.of("", "", "", ""));
    }
    row.addAll(List.of(leastPositive(format), format.decodeDouble(largest(format)), ""));
    return row;
  }

  private static String kind(NumberFormat format) {
    if (format instanceof FloatFormat) {
      return "float";
    }
    if (format instanceof IntegerFormat) {
      return "integer";
    }
    if (format instanceof PositFormat) {
      return "posit";
    }
    if (format instanceof TakumFormat) {
      return "takum";
    }
    if (format instanceof LogarithmicFormat) {
      return "logarithmic";
    }
    return format instanceof PowerFormat ? "power" : "codebook";
  }

  private static String specials(FloatFormat format) {
    return String.join(
        " ",
        Stream.of(
                format.hasInfinity() ? "inf" : "",
                format.hasNan() ? "nan" : "",
                format.hasNegativeZero() ? "-0" : "",
                format.hasZero() ? "" : "no zero")
            .filter(word -> !word.isEmpty())
            .toList());
  }

  private static long largest(NumberFormat format) {
    return format.encode(format.maxFinite(), RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  /** The value next above zero: positive numbers round up to it. */
  private static double leastPositive(NumberFormat format) {
    long code =
        format.encodeDouble(Double.MIN_VALUE, RoundingMode.TOWARD_POSITIVE, Overflow.SATURATE);
    return format.decodeDouble(code);
  }

  /** Bits an element of a matrix so large that its sides do not matter. */
  static double storedBits(TensorFormat format) {
    return format.bitsPerElement(MANY, MANY);
  }

  private static List<Object> block(TensorFormat format) {
    double bits = Math.rint(1e3 * storedBits(format)) / 1e3;
    String blocks =
        format.levels().stream().map(l -> extent(l.extent())).collect(Collectors.joining(", "));
    return List.of(
        format.name(),
        "block: " + blocks,
        bits,
        true,
        "",
        "",
        "",
        "",
        "",
        "",
        format.element().name());
  }

  /** The scale levels of a scheme, outermost first, then its element. */
  static Listing levels(TensorFormat format) {
    List<List<Object>> rows = new ArrayList<>();
    for (ScaleLevel level : format.levels()) {
      String stored = level.format().map(NumberFormat::name).orElse("real");
      int zeroPointBits = level.zeroPoint().map(NumberFormat::bits).orElse(0);
      String elements = extent(level.extent());
      rows.add(List.of("scale", elements, stored, level.bits() - zeroPointBits, rule(level)));
      level
          .zeroPoint()
          .ifPresent(
              z ->
                  rows.add(
                      List.of("zero point", elements, z.name(), z.bits(), "least - min / scale")));
    }
    NumberFormat element = format.element();
    rows.add(List.of("element", "1", element.name(), element.bits(), ""));
    return new Listing(List.of("part", "elements", "format", "bits", "rule"), rows);
  }

  private static String extent(Extent extent) {
    if (extent instanceof Extent.Tile tile) {
      return tile.height() + "x" + tile.width();
    }
    return extent instanceof Extent.Group group
        ? String.valueOf(group.length())
        : extent instanceof Extent.Row ? "row" : "tensor";
  }

  private static String rule(ScaleLevel level) {
    return switch (level.rule()) {
      case ABSMAX -> "absmax / largest";
      case POWER_OF_TWO_FLOOR, SHARED_EXPONENT -> "2^(floor(log2 absmax) - emax)";
      case POWER_OF_TWO_CEIL -> "2^ceil(log2(absmax / largest))";
      case POWER_OF_TWO_NEAREST -> "2^round(log2(absmax / largest))";
      case POWER_OF_TWO_EVEN -> "2^(floor(log2 element(absmax)) - emax)";
      case POWER_OF_TWO_OF_LARGEST -> "2^-ceil(log2(largest / own))";
      case MINMAX -> "(max - min) / codes";
      case ABSMEAN -> "mean of magnitudes";
      case ROOT_MEAN_SQUARE -> "root mean square";
      case SEARCH -> "least squared error";
    };
  }

  private static LongStream allCodes(NumberFormat format) {
    return LongStream.range(0, 1L << format.bits()).filter(format::isCode);
  }

  /** Every code with its fields, value and class. */
  static Listing codes(NumberFormat format) {
    return new Listing(
        List.of("code_hex", "fields", "value", "exact", "class"),
        allCodes(format).mapToObj(code -> Codes.row(format, code)).toList());
  }

  /** Every code, in the columns of the decode vectors. */
  static Listing decodeVectors(NumberFormat format) {
    return new Listing(
        List.of("format", "code_hex", "value_hex", "class"),
        allCodes(format).mapToObj(code -> decodeVector(format, code)).toList());
  }

  private static List<Object> decodeVector(NumberFormat format, long code) {
    long bits = Double.doubleToLongBits(format.decodeDouble(code));
    String value = String.format(Locale.ROOT, "%016x", bits);
    return List.of(format.name(), Long.toHexString(code), value, Codes.kind(format, code));
  }
}
