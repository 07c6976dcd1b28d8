package macroscope.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;

/** Rows of tmac.csv.gz, one product of a weight matrix with a vector each. */
record TmacVectors(Map<String, String> fields) {

  static List<TmacVectors> all() {
    InputStream file = Objects.requireNonNull(TmacVectors.class.getResourceAsStream("tmac.csv.gz"));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      String[] header = lines.readLine().split(",");
      return lines.lines().map(line -> row(header, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TmacVectors row(String[] header, String[] cells) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      fields.put(header[i], cells[i]);
    }
    return new TmacVectors(fields);
  }

  int number(String column) {
    return Integer.parseInt(fields.get(column));
  }

  int[] integers(String column) {
    String field = fields.get(column);
    return field.isEmpty()
        ? new int[0]
        : Arrays.stream(field.split("_")).mapToInt(Integer::parseInt).toArray();
  }

  /** Binary32 bits as they stand. */
  int[] bits(String column) {
    String field = fields.get(column);
    return field.isEmpty()
        ? new int[0]
        : Arrays.stream(field.split("_")).mapToInt(x -> Integer.parseUnsignedInt(x, 16)).toArray();
  }

  double[] reals(String column) {
    return Arrays.stream(bits(column)).mapToDouble(Float::intBitsToFloat).toArray();
  }

  boolean unified() {
    return fields.get("scheme").endsWith("unified");
  }

  private boolean oneScale() {
    return unified() || fields.get("scheme").endsWith("onescale");
  }

  LookupTableSpec spec() {
    return new LookupTableSpec(
        toString(),
        fields.get("wbits").equals("1.58") ? 2 : number("wbits"),
        oneScale() ? 0 : number("group_size"),
        unified() ? 0 : number("act_group_size"),
        number("kfactor"),
        fields.get("number_system").equals("f16") ? NumberSystem.FP16_NEON : NumberSystem.FP32_AVX2,
        number("fast_aggregation") == 1 ? Aggregation.FAST_AS_UPSTREAM : Aggregation.EXACT);
  }

  ActivationTables tables(LookupTableUnit unit) {
    return unit.prepareActivations(1, number("K"), reals("activations"));
  }

  WeightPlanes planes(LookupTableUnit unit) {
    int[] weights = integers("weights_int");
    byte[] codes = new byte[weights.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) weights[i];
    }
    double[] scales = reals("scales");
    if (oneScale()) {
      double scale = scales[0];
      scales = new double[number("M")];
      Arrays.fill(scales, scale);
    }
    int group = oneScale() ? 0 : number("group_size");
    return unit.prepareWeights(number("M"), number("K"), codes, group, scales, reals("zeros"));
  }

  @Override
  public String toString() {
    return fields.get("id") + " " + fields.get("scheme") + " " + fields.get("act_kind");
  }
}
