package macroscope.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import macroscope.input.InputException;
import macroscope.sweep.Hypervolume;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How fronts moved from one run to another: the hypervolume of each before and after, in one box that
 * holds the points of both runs, and the points that entered or left.
 */
final class FrontMovement {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
  private static final String NONE = "none";

  private final List<Map<String, String>> points;
  private final Map<Front, List<Map<String, String>>> before;
  private final Map<Front, List<Map<String, String>>> after;
  private final Function<Map<String, String>, String> name;

  /** What tells two fronts apart. */
  private record Front(
      String model, String technology, String quality, String cost, String limits) {
    static Front of(Map<String, String> row) {
      return new Front(
          row.getOrDefault("model", ""),
          row.getOrDefault("technology", ""),
          row.getOrDefault("quality", ""),
          row.getOrDefault("cost", ""),
          row.getOrDefault("limits", ""));
    }

    boolean covers(Map<String, String> point) {
      return model.equals(point.get("model")) && technology.equals(point.get("technology"));
    }

    String text() {
      String limited = limits.isEmpty() ? "" : " | " + limits;
      return model + " | " + technology + " | " + quality + " against " + cost + limited;
    }
  }

  /**
   * @param name what tells two points apart
   */
  FrontMovement(Path before, Path after, Function<Map<String, String>, String> name)
      throws IOException {
    this.points =
        Stream.concat(
                read(before.resolve("points.csv")).stream(),
                read(after.resolve("points.csv")).stream())
            .toList();
    this.before = fronts(before);
    this.after = fronts(after);
    this.name = name;
  }

  private static Map<Front, List<Map<String, String>>> fronts(Path run) throws IOException {
    Map<Front, List<Map<String, String>>> fronts = new LinkedHashMap<>();
    for (Map<String, String> row : read(run.resolve("pareto.csv"))) {
      fronts.computeIfAbsent(Front.of(row), front -> new ArrayList<>()).add(row);
    }
    return fronts;
  }

  private static List<Map<String, String>> read(Path file) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      try (CSVParser records = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
        for (CSVRecord record : records) {
          rows.add(record.toMap());
        }
      }
    }
    return rows;
  }

  /** The rows of {@link RunDifference}; none for a front that did not move. */
  List<List<Object>> rows() {
    Set<Front> fronts = new LinkedHashSet<>(before.keySet());
    fronts.addAll(after.keySet());
    List<List<Object>> rows = new ArrayList<>();
    for (Front front : fronts) {
      List<Map<String, String>> old = before.getOrDefault(front, List.of());
      List<Map<String, String>> now = after.getOrDefault(front, List.of());
      String was = hypervolume(front, old);
      String is = hypervolume(front, now);
      if (!was.equals(is)) {
        rows.add(
            List.of("front", front.text(), "hypervolume", was, is, RunDifference.change(was, is)));
      }
      Set<String> oldNames = names(old);
      Set<String> newNames = names(now);
      oldNames.stream()
          .filter(one -> !newNames.contains(one))
          .forEach(one -> rows.add(List.of("front", front.text(), "left", one, "", "")));
      newNames.stream()
          .filter(one -> !oldNames.contains(one))
          .forEach(one -> rows.add(List.of("front", front.text(), "entered", "", one, "")));
    }
    return rows;
  }

  private Set<String> names(List<Map<String, String>> members) {
    Set<String> names = new LinkedHashSet<>();
    members.forEach(member -> names.add(name.apply(member)));
    return names;
  }

  private String hypervolume(Front front, List<Map<String, String>> members) {
    Optional<Objective> cost = Objectives.find(front.cost());
    Optional<Objective> quality = Objectives.find(front.quality());
    if (cost.isEmpty() || quality.isEmpty() || members.isEmpty()) {
      return NONE;
    }
    List<Hypervolume.Point> compared =
        points.stream()
            .filter(front::covers)
            .flatMap(row -> point(row, cost.get(), quality.get()).stream())
            .toList();
    List<Hypervolume.Point> own =
        members.stream().flatMap(row -> point(row, cost.get(), quality.get()).stream()).toList();
    return compared.isEmpty() || own.isEmpty()
        ? NONE
        : Numbers.precise(Hypervolume.of(cost.get(), quality.get(), own, compared).fraction());
  }

  /** The values of a row; empty where one is missing. */
  private static Optional<Hypervolume.Point> point(
      Map<String, String> row, Objective cost, Objective quality) {
    String x = row.getOrDefault(cost.column(), "");
    String y = row.getOrDefault(quality.column(), "");
    return x.isEmpty() || y.isEmpty()
        ? Optional.empty()
        : Optional.of(new Hypervolume.Point(number(cost, x), number(quality, y)));
  }

  private static double number(Objective objective, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(objective.column(), "must be a number: " + text, e);
    }
  }
}
