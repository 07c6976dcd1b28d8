package macroscope.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.input.InputException;
import macroscope.onnx.Graph;
import macroscope.tensor.Coding;
import macroscope.tensor.TensorFormat;

/**
 * Formats and datapaths of single layers. All that match a layer apply in their order, so that later
 * ones win.
 */
public record LayerOverrides(List<LayerOverride> all) {

  /** All layers are alike. */
  public static final LayerOverrides NONE = new LayerOverrides(List.of());

  /**
   * @throws IllegalArgumentException if a layer is to have blocks of two widths, which are learnt of all
   *     layers or none
   */
  public LayerOverrides {
    all = List.copyOf(all);
    for (LayerOverride one : all) {
      if (one.activations().filter(a -> a.coding() instanceof Coding.MixedBlocks).isPresent()) {
        throw new IllegalArgumentException(
            one.glob() + ": blocks of two widths are for all layers, not for single ones");
      }
    }
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  Quantization of(String layer, Quantization others) {
    Quantization own = others;
    for (LayerOverride one : all) {
      own = one.matches(layer) ? one.on(own) : own;
    }
    return own;
  }

  /** The same formats of weights, with all activations in one. */
  LayerOverrides withActivations(TensorFormat format) {
    return new LayerOverrides(
        all.stream()
            .map(
                o ->
                    new LayerOverride(
                        o.glob(), o.weights(), o.activations().map(any -> format), o.datapath()))
            .toList());
  }

  /** The same formats on exact sums. */
  LayerOverrides onExactSums() {
    return new LayerOverrides(
        all.stream()
            .map(
                o ->
                    new LayerOverride(
                        o.glob(),
                        o.weights(),
                        o.activations(),
                        o.datapath().map(any -> new Datapath(Optional.empty()))))
            .toList());
  }

  /**
   * Refuses a pattern that matches no layer.
   *
   * @param place how the message names where they were given
   * @param attention whether products of two activations are layers
   */
  public void requireMatches(String place, Graph graph, boolean attention) {
    List<String> layers = new ArrayList<>(LayerNames.withWeights(graph));
    List<String> products = LayerNames.ofActivations(graph);
    if (attention) {
      layers.addAll(products);
    }
    for (LayerOverride one : all) {
      if (layers.stream().noneMatch(one::matches)) {
        String rule =
            products.stream().anyMatch(one::matches)
                ? " matches products of two activations alone, which need attention on the unit"
                : " matches no layer; layers are " + String.join(", ", layers);
        throw new InputException(place, one.glob() + rule);
      }
    }
  }

  /** As charts name them: several layers that have formats of their own by how many have which. */
  public String summary() {
    if (all.size() < 2 || !all.stream().allMatch(LayerOverride::isOneLayer)) {
      return shortText();
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach(o -> counts.merge(o.formats(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() + (e.getValue() == 1 ? " layer " : " layers ") + e.getKey())
        .collect(Collectors.joining("; "));
  }

  /** All of them by name. */
  public String shortText() {
    return all.stream().map(LayerOverride::shortText).collect(Collectors.joining("; "));
  }

  /** All that decides bits, for keys. */
  public String text() {
    return all.stream().map(LayerOverride::text).collect(Collectors.joining("; "));
  }
}
