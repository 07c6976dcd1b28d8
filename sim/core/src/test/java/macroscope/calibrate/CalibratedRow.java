package macroscope.calibrate;

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
import macroscope.accuracy.Quantization;
import macroscope.tensor.TensorFormats;

/** What the other program found for a calibrated network: see oracle/README.md. */
record CalibratedRow(
    String model,
    String method,
    String weights,
    String activations,
    String granularity,
    Map<String, Double> metrics) {

  static List<CalibratedRow> read(String file) {
    Map<String, CalibratedRow> rows = new LinkedHashMap<>();
    try (var in = CalibratedRow.class.getResourceAsStream("/oracle/" + file);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              c ->
                  rows.computeIfAbsent(
                          String.join(",", List.of(c).subList(0, 7)),
                          key ->
                              new CalibratedRow(
                                  c[0], c[2], c[3], c[4], c[5], new LinkedHashMap<>()))
                      .metrics()
                      .put(c[7], Double.valueOf(c[8])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ArrayList<>(rows.values());
  }

  Quantization quantization() {
    String ofWeights = granularity.split("/")[0];
    return new Quantization(
        TensorFormats.parse(weights + ":" + ofWeights),
        TensorFormats.parse(activations.equals("fp32") ? "fp32" : activations + ":token"),
        Optional.empty(),
        false);
  }

  Pipeline pipeline() {
    return Pipeline.parse(method);
  }

  @Override
  public String toString() {
    return String.join(" ", model, method, weights, activations, granularity);
  }
}
