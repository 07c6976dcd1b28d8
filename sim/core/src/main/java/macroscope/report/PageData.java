package macroscope.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.cost.TechnologyNode;
import macroscope.sweep.Direction;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Family;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import macroscope.sweep.SweepResult;
import macroscope.sweep.Workload;

/**
 * What the charts of a page show, as JSON inside the page: objectives, families, and of each point its name
 * and values, in the order of the objectives.
 */
final class PageData {

  private final SweepResult result;
  private final ChartStyle style;
  private final List<Objective> objectives;

  PageData(SweepResult result, ChartStyle style) {
    this.result = result;
    this.style = style;
    this.objectives =
        Objectives.all().stream()
            .filter(o -> result.evaluations().stream().anyMatch(e -> value(o, e).isPresent()))
            .toList();
  }

  /** JSON that may stand in a script element: it holds no {@code <}, so that no element can end there. */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode kinds = root.putArray("objectives");
    objectives.forEach(objective -> describe(objective, kinds.addObject()));
    ArrayNode families = root.putArray("families");
    result.evaluations().stream()
        .map(e -> e.point().family())
        .distinct()
        .sorted()
        .forEach(family -> describe(family, families.addObject()));
    ArrayNode models = root.putArray("models");
    result.plan().workloads().stream().map(Workload::name).forEach(models::add);
    ArrayNode technologies = root.putArray("technologies");
    result.plan().technologies().forEach(t -> describe(t, technologies.addObject()));
    ArrayNode fronts = root.putArray("fronts");
    result.fronts().forEach(front -> describe(front, fronts.addObject()));
    ArrayNode points = root.putArray("points");
    result.evaluations().forEach(e -> describe(e, points.addObject()));
    return root.toString().replace("<", "\\u003c");
  }

  private static void describe(Objective objective, ObjectNode node) {
    node.put("name", objective.name())
        .put("title", objective.title())
        .put("unit", objective.unit())
        .put("less", objective.direction() == Direction.MINIMISE)
        .put("scale", objective.scale().name().toLowerCase(Locale.ROOT));
  }

  private void describe(Family family, ObjectNode node) {
    Color colour = style.seriesStyle(family.ordinal()).colour();
    node.put("name", family.title())
        .put("colour", String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF));
  }

  private static void describe(TechnologyNode technology, ObjectNode node) {
    node.put("name", technology.name())
        .put("area", technology.area().map(area -> area.unit()).orElse(""));
  }

  private static void describe(FrontResult front, ObjectNode node) {
    node.put("model", front.workload().name())
        .put("technology", front.technology().name())
        .put("quality", front.request().quality().name())
        .put("cost", front.request().cost().name());
  }

  private void describe(Evaluation e, ObjectNode node) {
    String machine =
        result.plan().machines().size() > 1 ? " \u00b7 " + e.point().machine().name() : "";
    node.put("point", e.number())
        .put("name", e.point().label() + machine)
        .put("model", e.point().workload().name())
        .put("technology", e.point().technology().name())
        .put("family", e.point().family().title());
    ArrayNode values = node.putArray("values");
    for (Objective objective : objectives) {
      value(objective, e).ifPresentOrElse(m -> values.add(m.value()), values::addNull);
    }
  }

  private static Optional<Measure> value(Objective objective, Evaluation evaluation) {
    return objective.value().apply(evaluation);
  }
}
