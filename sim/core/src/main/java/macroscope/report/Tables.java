package macroscope.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.report.Columns.Column;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Footprint;
import macroscope.sweep.FrontResult;
import macroscope.sweep.ParetoFront;
import macroscope.sweep.SweepResult;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The results of a sweep as CSV: every point, and the members of every front. */
final class Tables {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private Tables() {}

  /** One row a point. The last column numbers the fronts that it belongs to. */
  static String points(SweepResult result) {
    List<Column> columns = new ArrayList<>(Columns.all());
    List<FrontResult> fronts = result.fronts();
    columns.addAll(footprint(result));
    columns.add(new Column("on_fronts", e -> frontsOf(e, fronts)));
    return csv(
        Columns.heads(columns),
        result.evaluations().stream().map(e -> Columns.cells(columns, e)).toList());
  }

  /** Columns of a sweep that asks for electricity and carbon dioxide; empty cells have no energy. */
  private static List<Column> footprint(SweepResult result) {
    return result.plan().footprint().map(Tables::footprint).orElse(List.of());
  }

  private static List<Column> footprint(Footprint footprint) {
    return List.of(
        new Column("footprint_inferences [1]", e -> Numbers.precise(footprint.inferences())),
        new Column("footprint_energy [kWh]", e -> cell(footprint.kilowattHours(e))),
        new Column("footprint_co2 [kg]", e -> cell(footprint.kilogramsOfCarbonDioxide(e))));
  }

  private static String cell(Optional<Double> value) {
    return value.map(Numbers::precise).orElse("");
  }

  private static String frontsOf(Evaluation evaluation, List<FrontResult> fronts) {
    return fronts.stream()
        .filter(front -> front.front().contains(evaluation))
        .map(front -> Integer.toString(front.number()))
        .collect(Collectors.joining(" "));
  }

  /** One row a member of a front, from the cheapest on; equal points have a row each. */
  static String fronts(SweepResult result) {
    List<Column> columns = Columns.all();
    List<String> heads =
        new ArrayList<>(
            List.of(
                "front",
                "quality",
                "cost",
                "limits",
                "rank",
                "equal_points",
                "gain_over_cheaper",
                "gain_se",
                "gain_exceeds_2se"));
    heads.addAll(List.of(Columns.heads(columns)));
    List<List<String>> rows = new ArrayList<>();
    result.fronts().forEach(front -> addRows(rows, front, columns));
    return csv(heads.toArray(String[]::new), rows);
  }

  private static void addRows(List<List<String>> rows, FrontResult front, List<Column> columns) {
    List<Optional<Gain>> gains = Gain.of(front);
    List<ParetoFront.Member<Evaluation>> members = front.front().members();
    for (int rank = 0; rank < members.size(); rank++) {
      for (Evaluation item : members.get(rank).items()) {
        List<String> row = new ArrayList<>();
        row.add(Integer.toString(front.number()));
        row.add(front.request().quality().name());
        row.add(front.request().cost().name());
        row.add(front.request().limitText());
        row.add(Integer.toString(rank + 1));
        row.add(Integer.toString(members.get(rank).items().size()));
        Optional<Gain> gain = gains.get(rank);
        row.add(gain.map(g -> Numbers.precise(g.better())).orElse(""));
        row.add(gain.map(g -> Numbers.precise(g.standardError())).orElse(""));
        row.add(gain.map(g -> Boolean.toString(g.clear())).orElse(""));
        row.addAll(Columns.cells(columns, item));
        rows.add(row);
      }
    }
  }

  private static String csv(String[] heads, List<List<String>> rows) {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord((Object[]) heads);
      printer.printRecords(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
