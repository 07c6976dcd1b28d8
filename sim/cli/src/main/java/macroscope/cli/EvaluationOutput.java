package macroscope.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.LayerCounts;
import macroscope.accuracy.Metric;
import macroscope.accuracy.Model;
import macroscope.accuracy.Quantization;
import macroscope.report.Listing;
import macroscope.unit.LookupCounts;
import macroscope.unit.Losses;

/** What {@code evaluate} prints. */
record EvaluationOutput(
    Model model,
    Dataset data,
    Quantization quantization,
    String unit,
    AccuracyResult result,
    List<LayerCounts<Losses>> losses,
    List<LayerCounts<LookupCounts>> lookups,
    List<LayerEnergy> energies,
    Optional<Listing> profile) {

  /** One object on one line; a value that is not finite is null. */
  String json(double seconds) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("model", model.name()).put("data", data.name()).put("samples", result.samples());
    root.put("weights", quantization.weights().name());
    root.put("activations", quantization.activations().name());
    root.put("attention", quantization.attention());
    if (!quantization.overrides().isEmpty()) {
      root.put("layer", quantization.overrides().text());
    }
    quantization.results().embeddings().ifPresent(f -> root.put("embeddings", f.name()));
    quantization.results().norms().ifPresent(f -> root.put("norms", f.name()));
    quantization.results().softmax().ifPresent(f -> root.put("softmax", f.name()));
    ObjectNode metrics = root.putObject("metrics");
    for (Metric metric : result.metrics()) {
      ObjectNode node = metrics.putObject(metric.name());
      put(node, "value", metric.value());
      put(node, "standard_error", metric.standardError());
    }
    root.put("non_finite_samples", result.nonFiniteSamples());
    root.put("logits_sha256", result.logitsDigest());
    if (!losses.isEmpty()) {
      ArrayNode layers = root.putArray("losses");
      losses.forEach(layer -> put(layers.addObject(), layer));
    }
    if (!lookups.isEmpty()) {
      ArrayNode layers = root.putArray("lookups");
      LookupTable.of(this).forEach(row -> row.put(layers.addObject()));
    }
    if (!energies.isEmpty()) {
      ArrayNode layers = root.putArray("energy");
      energies.forEach(layer -> put(layers.addObject(), layer));
    }
    profile.ifPresent(layers -> root.set("layers", layers.jsonArray()));
    root.put("unit", unit).put("seconds", Math.round(seconds * 10) / 10.0);
    return root + "\n";
  }

  private static void put(ObjectNode node, LayerCounts<Losses> layer) {
    Losses losses = layer.counts();
    node.put("layer", layer.layer()).put("terms", losses.terms()).put("cut", losses.cut());
    node.put("vanished", losses.vanished()).put("addends", losses.addends());
    node.put("addends_cut", losses.addendsCut()).put("overflows", losses.overflows());
    node.put("saturations", losses.saturations());
  }

  private static void put(ObjectNode node, LayerEnergy layer) {
    node.put("layer", layer.layer()).put("macs", layer.macs());
    node.put("picojoules_per_mac", layer.onData()).put("on_random_codes", layer.onRandomCodes());
    node.put("operands", layer.relative().operands()).put("products", layer.relative().products());
    node.put("terms", layer.relative().terms()).put("sums", layer.relative().sums());
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  /** A table for people. */
  String text(double seconds) {
    String head =
        String.format(
            Locale.ROOT,
            "%s on %s: %d samples, weights %s, activations %s, unit %s%s, %.1f s\n",
            model.name(),
            data.name(),
            result.samples(),
            quantization.weights().name(),
            quantization.activations().name(),
            unit,
            quantization.attention() ? " (attention too)" : "",
            seconds);
    TextTable table = new TextTable(List.of("metric", "value", "standard error"), 1);
    String rows = table.rows(result.metrics().stream().map(EvaluationOutput::row).toList());
    return head
        + "\n"
        + rows
        + nonFinite()
        + lossTable()
        + LookupTable.text(LookupTable.of(this))
        + energyTable()
        + profile.map(layers -> "\n" + layers.table()).orElse("");
  }

  private String energyTable() {
    if (energies.isEmpty()) {
      return "";
    }
    List<String> columns =
        List.of(
            "layer",
            "macs",
            "pJ a mac",
            "random codes",
            "operands",
            "products",
            "terms",
            "accumulators");
    TextTable table = new TextTable(columns, 1);
    return "\n" + table.rows(energies.stream().map(EvaluationOutput::row).toList());
  }

  private static List<String> row(LayerEnergy layer) {
    return List.of(
        layer.layer(),
        String.valueOf(layer.macs()),
        number(layer.onData()),
        number(layer.onRandomCodes()),
        number(layer.relative().operands()),
        number(layer.relative().products()),
        number(layer.relative().terms()),
        number(layer.relative().sums()));
  }

  private String lossTable() {
    if (losses.isEmpty()) {
      return "";
    }
    List<String> columns =
        List.of(
            "layer",
            "terms",
            "cut",
            "vanished",
            "addends",
            "addends cut",
            "overflows",
            "saturations");
    TextTable table = new TextTable(columns, 1);
    return "\n" + table.rows(losses.stream().map(EvaluationOutput::row).toList());
  }

  private static List<String> row(LayerCounts<Losses> layer) {
    Losses losses = layer.counts();
    return List.of(
        layer.layer(),
        String.valueOf(losses.terms()),
        String.valueOf(losses.cut()),
        String.valueOf(losses.vanished()),
        String.valueOf(losses.addends()),
        String.valueOf(losses.addendsCut()),
        String.valueOf(losses.overflows()),
        String.valueOf(losses.saturations()));
  }

  private static List<String> row(Metric metric) {
    return List.of(metric.name(), number(metric.value()), number(metric.standardError()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private String nonFinite() {
    return result.nonFiniteSamples() == 0
        ? ""
        : result.nonFiniteSamples() + " samples have logits that are not finite\n";
  }
}
