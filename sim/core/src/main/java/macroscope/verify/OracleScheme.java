package macroscope.verify;

import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.CalibrationMethods;
import macroscope.calibrate.Pipeline;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;

/**
 * How a row of another program's accuracies was quantized.
 *
 * @param scheme a calibration method, {@code mx...}, {@code nvfp4...}, or any other name for plain rounding
 * @param weights element of the weights; fp32 leaves them
 * @param activations element of the inputs of linear layers; fp32 leaves them
 * @param granularity of scales, of weights and activations with a slash between, or of both
 * @param layers {@code all+attention...} quantizes products of activations too
 */
record OracleScheme(
    String scheme, String weights, String activations, String granularity, String layers) {
  private static final Map<String, String> MX =
      Map.of(
          "e4m3", "mxfp8_e4m3",
          "e5m2", "mxfp8_e5m2",
          "e3m2", "mxfp6_e3m2",
          "e2m3", "mxfp6_e2m3",
          "e2m1", "mxfp4_e2m1",
          "int8", "mxint8");

  /** On the exact datapath. */
  Quantization quantization() {
    String[] parts = granularity.split("/", -1);
    return new Quantization(
        format(weights, parts[0]),
        format(activations, parts[parts.length - 1]),
        Optional.empty(),
        layers.startsWith("all+attention"));
  }

  /** The calibration that the scheme is named after. */
  Pipeline pipeline() {
    return CalibrationMethods.names().contains(scheme) ? Pipeline.parse(scheme) : Pipeline.NONE;
  }

  private TensorFormat format(String element, String extent) {
    return TensorFormats.parse(name(element, extent));
  }

  private String name(String element, String extent) {
    if (element.equals("fp32")) {
      return element;
    }
    if (scheme.startsWith("nvfp4")) {
      return block("nvfp4", extent, "block16");
    }
    if (scheme.startsWith("mx")) {
      return block(MX.getOrDefault(element, scheme + " of " + element), extent, "block32");
    }
    boolean finite = element.matches("e\\dm\\d") && !element.equals("e5m2");
    String span = extent.replace("row", "token").replace("block", "group");
    return element + (finite ? "fn" : "") + ":" + span;
  }

  private static String block(String format, String extent, String own) {
    if (!extent.equals(own)) {
      throw new IllegalArgumentException(format + " has scales of " + own + ": " + extent);
    }
    return format;
  }
}
