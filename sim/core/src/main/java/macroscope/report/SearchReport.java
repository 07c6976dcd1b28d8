package macroscope.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.search.Allocation;
import macroscope.search.Nsga2;
import macroscope.search.ProgramResult;
import macroscope.search.Rung;
import macroscope.search.Search;
import macroscope.search.SearchResult;
import macroscope.search.SearchSpace;
import macroscope.search.Sensitivities;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Objective;

/** What the searches of a sweep found, as tables and charts. */
final class SearchReport {
  /** Most layers whose names fit an axis side by side. */
  private static final int NAMED_LAYERS = 8;

  private final SearchResult result;

  SearchReport(SearchResult result) {
    this.result = result;
  }

  /** Tables by the names of their files; those that have no row are left out. */
  Map<String, Listing> tables() {
    Map<String, Listing> tables = new LinkedHashMap<>();
    tables.put("search.csv", summary());
    tables.put("allocations.csv", allocations());
    tables.put("sensitivities.csv", sensitivities());
    tables.put("programs.csv", programs());
    tables.put("halving.csv", halving());
    tables.values().removeIf(table -> table.rows().isEmpty());
    return tables;
  }

  /** Where the random numbers of the run come from. */
  String randomNumbers() {
    List<String> seeds = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      if (found.search().method() instanceof Nsga2 nsga2) {
        seeds.add(found.search().name() + " with seed " + nsga2.seed());
      }
    }
    return seeds.isEmpty()
        ? "none: nothing in this run is drawn at random"
        : String.join(", ", seeds.stream().distinct().toList());
  }

  private static List<Object> space(SearchResult.Found found) {
    DesignPoint any = found.space().choices().get(0);
    return List.of(
        found.search().name(),
        any.workload().name(),
        any.machine().name(),
        any.technology().name(),
        any.calibration().text());
  }

  private static List<String> heads(String... more) {
    List<String> heads =
        new ArrayList<>(List.of("search", "model", "machine", "technology", "calibration"));
    heads.addAll(List.of(more));
    return heads;
  }

  private static List<Object> row(SearchResult.Found found, Object... more) {
    List<Object> row = new ArrayList<>(space(found));
    row.addAll(List.of(more));
    return row;
  }

  /** One row a search in a space: what it cost and what part of the box its front dominates. */
  Listing summary() {
    List<List<Object>> rows = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      rows.add(
          row(
              found,
              found.search().quality().column(),
              found.search().cost().column(),
              found.space().layers().size(),
              found.space().choices().size(),
              found.space().size().toString(),
              found.measured().size(),
              found.aside().size(),
              found.samples(),
              found.front().members().size(),
              Numbers.precise(result.hypervolume(found))));
    }
    return new Listing(
        heads(
            "quality",
            "cost",
            "layers",
            "choices",
            "allocations",
            "measured",
            "measured_besides",
            "samples_run",
            "front_members",
            "hypervolume"),
        rows);
  }

  /** One row a layer of each allocation on the front of a search, or that a program chose. */
  private Listing allocations() {
    List<List<Object>> rows = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      List<Allocation> front =
          found.front().members().stream().map(member -> member.first().getKey()).toList();
      for (Allocation one : front) {
        addLayers(rows, found, "front", one);
      }
      for (ProgramResult program : found.outcome().programs()) {
        addLayers(rows, found, "program", program.allocation());
      }
    }
    return new Listing(
        heads("of", "point", "layer", "choice", "weights", "activations", "unit"),
        rows.stream().distinct().toList());
  }

  private static void addLayers(
      List<List<Object>> rows, SearchResult.Found found, String of, Allocation allocation) {
    SearchSpace space = found.space();
    String point = number(found, allocation);
    for (int layer = 0; layer < space.layers().size(); layer++) {
      int choice = allocation.of(layer);
      rows.add(row(found, concat(List.of(of, point, space.layers().get(layer)), space, choice)));
    }
  }

  private static Object[] concat(List<Object> first, SearchSpace space, int choice) {
    List<Object> all = new ArrayList<>(first);
    DesignPoint point = space.choices().get(choice);
    all.addAll(
        List.of(
            choice + 1, point.weights().name(), point.activations().name(), point.unit().name()));
    return all.toArray();
  }

  private static String number(SearchResult.Found found, Allocation allocation) {
    return Optional.ofNullable(found.measured().get(allocation))
        .map(e -> Integer.toString(e.number()))
        .orElse("");
  }

  private Listing sensitivities() {
    List<List<Object>> rows = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      found.outcome().sensitivities().ifPresent(s -> addLosses(rows, found, s));
    }
    return new Listing(
        heads(
            "layer",
            "choice",
            "weights",
            "activations",
            "unit",
            "metric",
            "loss",
            "loss_standard_error",
            "samples",
            "data"),
        rows);
  }

  private static void addLosses(
      List<List<Object>> rows, SearchResult.Found found, Sensitivities s) {
    for (int layer = 0; layer < s.layers().size(); layer++) {
      for (int choice = 0; choice < s.choices().size(); choice++) {
        Sensitivities.Loss loss = s.values().get(layer).get(choice);
        List<Object> cells =
            new ArrayList<>(List.of(concat(List.of(s.layers().get(layer)), found.space(), choice)));
        cells.addAll(
            List.of(
                s.metric().column(),
                Numbers.precise(loss.value()),
                Numbers.precise(loss.standardError()),
                s.samples(),
                s.data()));
        rows.add(row(found, cells.toArray()));
      }
    }
  }

  /** One row a budget: what the program expects, what looking at every sum finds, what was measured. */
  private Listing programs() {
    List<List<Object>> rows = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      for (ProgramResult program : found.outcome().programs()) {
        rows.add(
            row(
                found,
                Numbers.precise(program.budget()),
                Numbers.precise(program.cost()),
                Numbers.precise(program.loss()),
                program.enumerated().map(Numbers::precise).orElse(""),
                number(found, program.allocation()),
                measured(found, program, found.search().cost()),
                measured(found, program, found.search().quality())));
      }
    }
    return new Listing(
        heads(
            "budget",
            "cost_of_layers",
            "loss_of_layers",
            "least_loss_of_all_allocations",
            "point",
            "cost",
            "quality"),
        rows);
  }

  private static String measured(
      SearchResult.Found found, ProgramResult program, Objective objective) {
    return Optional.ofNullable(found.measured().get(program.allocation()))
        .flatMap(e -> objective.value().apply(e))
        .map(m -> Numbers.precise(m.value()))
        .orElse("");
  }

  private Listing halving() {
    List<List<Object>> rows = new ArrayList<>();
    for (SearchResult.Found found : result.found()) {
      for (Rung rung : found.outcome().rungs()) {
        for (Rung.Dropped dropped : rung.dropped()) {
          rows.add(
              row(
                  found,
                  rung.samples(),
                  rung.candidates(),
                  dropped.point().weights().name(),
                  dropped.point().activations().name(),
                  dropped.point().unit().name(),
                  dropped.point().layers().shortText(),
                  dropped.by().map(by -> Numbers.precise(dropped.least())).orElse(""),
                  dropped.by().map(DesignPoint::label).orElse("not finite")));
        }
      }
    }
    return new Listing(
        heads(
            "samples",
            "candidates",
            "weights",
            "activations",
            "unit",
            "layers",
            "least_loss",
            "dropped_by"),
        rows);
  }

  /** Losses of single layers, a curve for each choice. */
  Map<String, ChartData> charts() {
    Map<String, ChartData> charts = new LinkedHashMap<>();
    for (SearchResult.Found found : result.found()) {
      found
          .outcome()
          .sensitivities()
          .ifPresent(s -> charts.putIfAbsent(slug(found), chart(found, s)));
    }
    return charts;
  }

  private static String slug(SearchResult.Found found) {
    DesignPoint any = found.space().choices().get(0);
    String calibrated = any.calibration().stages().isEmpty() ? "" : "-" + any.calibration().names();
    return (any.workload().name() + calibrated + "-" + found.search().quality().name())
            .replaceAll("[^A-Za-z0-9._-]+", "_")
        + "-sensitivities";
  }

  private static ChartData chart(SearchResult.Found found, Sensitivities s) {
    List<ChartData.Series> series = new ArrayList<>();
    for (int choice = 0; choice < s.choices().size(); choice++) {
      List<ChartData.Point> points = new ArrayList<>();
      for (int layer = 0; layer < s.layers().size(); layer++) {
        Sensitivities.Loss loss = s.values().get(layer).get(choice);
        if (Double.isFinite(loss.value())) {
          points.add(
              new ChartData.Point(
                  s.layers().get(layer), layer + 1, loss.value(), loss.standardError()));
        }
      }
      series.add(
          new ChartData.Series(
              s.choices().get(choice).label(), choice, ChartData.Line.SOLID, points));
    }
    Search search = found.search();
    return new ChartData(
        found.space().workload().name() + ": what one layer alone adds",
        s.samples() + " samples of " + s.data() + " \u00b7 all other layers in float",
        new ChartData.Axis(
            "Layer, in the order of execution", Objective.Scale.LINEAR, names(s.layers())),
        new ChartData.Axis(
            s.metric().title() + " [" + s.metric().unit() + "]", search.quality().scale()),
        series,
        List.of(),
        Optional.empty());
  }

  /** Layers by their numbers, where an axis has room for their names. */
  private static Map<Double, String> names(List<String> layers) {
    Map<Double, String> names = new LinkedHashMap<>();
    for (int layer = 0; layer < layers.size() && layers.size() <= NAMED_LAYERS; layer++) {
      names.put(layer + 1.0, layers.get(layer));
    }
    return names;
  }

  /** The section of the page. */
  String html(Map<String, String> pictures) {
    StringBuilder page = new StringBuilder("<h2 id=\"searches\">Searches</h2>\n");
    page.append(Html.element("p", Notes.SEARCHES)).append(table(summary()));
    pictures.forEach(
        (name, svg) ->
            page.append(Html.element("figure", Html.inlineSvg(svg, "search-" + name + "-"))));
    Listing programs = programs();
    if (!programs.rows().isEmpty()) {
      page.append(Html.element("h3", "Integer programs")).append(table(programs));
    }
    return page.toString();
  }

  private static String table(Listing listing) {
    Html.Table table =
        new Html.Table(listing.columns().stream().map(c -> c.replace('_', ' ')).toList());
    listing.rows().forEach(row -> table.row(row.stream().map(SearchReport::readable).toList()));
    return table.text();
  }

  private static String readable(Object cell) {
    try {
      return cell instanceof String text && text.contains(".")
          ? Numbers.readable(Double.parseDouble(text))
          : cell.toString();
    } catch (NumberFormatException e) {
      return cell.toString();
    }
  }
}
