package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.sweep.Evaluation;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.ParetoFront;

/** The members of a front, from the cheapest on, with what each gains over the one before. */
final class MemberTable {

  private MemberTable() {}

  static String of(FrontResult front) {
    Objective cost = front.request().cost();
    Objective quality = front.request().quality();
    Html.Table table =
        new Html.Table(
            List.of(
                "member",
                "points",
                "family",
                "design",
                cost.axisLabel(front.technology()),
                quality.axisLabel(front.technology()),
                "better than the cheaper one by",
                "clear of noise"));
    List<Optional<Gain>> gains = Gain.of(front);
    List<ParetoFront.Member<Evaluation>> members = front.front().members();
    for (int i = 0; i < members.size(); i++) {
      table.row(cells(i, members.get(i), front, gains.get(i)));
    }
    return table.text();
  }

  private static List<String> cells(
      int index, ParetoFront.Member<Evaluation> member, FrontResult front, Optional<Gain> gain) {
    Evaluation first = member.first();
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(index + 1));
    cells.add(
        member.items().stream()
            .map(item -> Integer.toString(item.number()))
            .collect(Collectors.joining(", ", "#", "")));
    cells.add(first.point().family().title());
    cells.add(first.point().label());
    cells.add(text(front.request().cost().value().apply(first)));
    cells.add(text(front.request().quality().value().apply(first)));
    cells.add(gain.map(g -> text(new Measure(g.better(), g.standardError()))).orElse(""));
    cells.add(gain.map(g -> g.clear() ? "yes" : "no, within 2 standard errors").orElse(""));
    return cells;
  }

  private static String text(Optional<Measure> measure) {
    return measure.map(MemberTable::text).orElse("");
  }

  /** The value, with its standard error where it has one. */
  static String text(Measure measure) {
    String value = Numbers.readable(measure.value());
    return measure.standardError() > 0
        ? value + " \u00b1 " + Numbers.error(measure.standardError())
        : value;
  }
}
