package macroscope.accuracy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.tensor.TensorFormats;

/** What the other program found for one network under one scheme: see oracle/README.md. */
record OracleRow(
    String model,
    String scheme,
    String weights,
    String activations,
    String granularity,
    boolean attention,
    Map<String, Double> metrics) {

  static List<OracleRow> read(String file, String model) {
    Map<String, OracleRow> rows = new LinkedHashMap<>();
    lines(file).stream()
        .skip(1)
        .map(line -> line.split(","))
        .filter(cells -> cells[0].equals(model))
        .forEach(
            cells -> {
              String key = String.join(",", List.of(cells).subList(0, 7));
              rows.computeIfAbsent(key, k -> of(cells))
                  .metrics()
                  .put(cells[7], Double.valueOf(cells[8]));
            });
    return new ArrayList<>(rows.values());
  }

  private static OracleRow of(String[] cells) {
    boolean attention = cells[6].startsWith("all+attention");
    return new OracleRow(
        cells[0], cells[2], cells[3], cells[4], cells[5], attention, new LinkedHashMap<>());
  }

  private static List<String> lines(String file) {
    try (var in = OracleRow.class.getResourceAsStream("/oracle/" + file);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Quantization quantization() {
    String[] parts = granularity.split("/");
    return new Quantization(
        TensorFormats.parse(scheme(weights, parts[0])),
        TensorFormats.parse(scheme(activations, parts[parts.length - 1])),
        Optional.empty(),
        attention);
  }

  private String scheme(String format, String extent) {
    if (format.equals("fp32")) {
      return "fp32";
    }
    if (scheme.startsWith("nvfp4") || scheme.equals("mxint8")) {
      return scheme.replace("-w", "");
    }
    if (scheme.startsWith("mx")) {
      return scheme.replace("-w", "") + "_" + format;
    }
    boolean finite = format.matches("e\\dm\\d") && !format.equals("e5m2");
    String granularity = extent.replace("row", "token").replace("block", "group");
    return format + (finite ? "fn" : "") + ":" + granularity;
  }

  @Override
  public String toString() {
    return String.join(
        " ", model, scheme, weights, activations, granularity, attention ? "with attention" : "");
  }
}
