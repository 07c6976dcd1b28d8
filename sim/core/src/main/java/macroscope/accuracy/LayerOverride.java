package macroscope.accuracy;

import java.util.Optional;
import java.util.regex.Pattern;
import macroscope.tensor.TensorFormat;

/**
 * What some layers have of their own; what is empty they share with the others.
 *
 * @param glob names of layers: {@code *} is any text, {@code ?} any character
 * @param weights format of their weights
 * @param activations format of their inputs; of both operands of a product of two activations
 * @param datapath what multiplies them
 */
public record LayerOverride(
    String glob,
    Optional<TensorFormat> weights,
    Optional<TensorFormat> activations,
    Optional<Datapath> datapath) {

  /** How the groups of a convolution are told apart, as {@link ModelRunner} names them. */
  private static final Pattern GROUP = Pattern.compile("/group\\d+$");

  /** Whether a layer is meant: by its name, or by its node's if it is a group of a convolution. */
  public boolean matches(String layer) {
    Pattern pattern = pattern();
    return pattern.matcher(layer).matches()
        || pattern.matcher(GROUP.matcher(layer).replaceFirst("")).matches();
  }

  private Pattern pattern() {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  Quantization on(Quantization layer) {
    return new Quantization(
        weights.orElse(layer.weights()),
        activations.orElse(layer.activations()),
        datapath.map(Datapath::unit).orElse(layer.unit()),
        layer.attention(),
        layer.softmax(),
        layer.results(),
        activations.isPresent() && layer.operands() instanceof ChannelPlans
            ? ChannelPlans.NONE
            : layer.operands(),
        LayerOverrides.NONE);
  }

  /** As charts name it: one format for two that are alike, units by name. */
  String shortText() {
    String w = weights.map(TensorFormat::name).orElse("");
    String a = activations.map(TensorFormat::name).orElse("");
    return glob
        + "="
        + (w.equals(a) ? w : w + "," + a)
        + datapath.map(d -> "@" + d.name()).orElse("");
  }

  /** Whether it names one layer and gives it both formats. */
  boolean isOneLayer() {
    boolean name = !glob.contains("*") && !glob.contains("?");
    return name && weights.isPresent() && activations.isPresent();
  }

  /** Both formats, without the usual granularities. */
  String formats() {
    String w = weights.map(TensorFormat::name).orElse("").replaceFirst(":channel$", "");
    String a = activations.map(TensorFormat::name).orElse("").replaceFirst(":token$", "");
    return w.equals(a) ? w : w + " \u00d7 " + a;
  }

  /** All that decides the bits of the layers that it matches. */
  public String text() {
    return glob
        + "="
        + weights.map(TensorFormat::name).orElse("")
        + ","
        + activations.map(TensorFormat::name).orElse("")
        + datapath.map(d -> "@" + d.parameters()).orElse("");
  }
}
