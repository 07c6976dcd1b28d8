package macroscope.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.calibrate.CalibrationMethods;
import macroscope.calibrate.Pipeline;
import macroscope.config.YamlNode.Mapping;
import macroscope.config.YamlNode.Scalar;
import macroscope.config.YamlNode.Sequence;

/**
 * Calibration methods as YAML has them: a list of names, {@code [equalize, smoothquant: {alpha: 0.5}]}, or the
 * text that the command line takes.
 */
final class PipelineNode {

  private PipelineNode() {}

  static Pipeline bind(YamlNode node) {
    try {
      if (node instanceof Scalar scalar) {
        return Pipeline.parse(scalar.text());
      }
      if (node instanceof Sequence sequence) {
        List<Pipeline.Stage> stages = new ArrayList<>();
        sequence.items().forEach(item -> stages.addAll(stages(item)));
        return new Pipeline(stages);
      }
    } catch (IllegalArgumentException e) {
      throw node.place().refuse(e);
    }
    throw node.place().refuse("must be a list of calibration methods, not " + node.kind());
  }

  private static List<Pipeline.Stage> stages(YamlNode item) {
    if (item instanceof Scalar scalar) {
      return named(scalar, scalar.text(), Map.of());
    }
    if (item instanceof Mapping mapping) {
      List<Pipeline.Stage> stages = new ArrayList<>();
      mapping.entries().forEach((name, node) -> stages.addAll(named(node, name, given(node))));
      return stages;
    }
    throw item.place().refuse("must be a calibration method, not " + item.kind());
  }

  private static List<Pipeline.Stage> named(YamlNode node, String name, Map<String, String> given) {
    try {
      return List.of(CalibrationMethods.named(name, given));
    } catch (IllegalArgumentException e) {
      throw node.place().refuse(e);
    }
  }

  private static Map<String, String> given(YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw node.place().refuse("must be a mapping of parameters, not " + node.kind());
    }
    Map<String, String> given = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Scalar scalar)) {
                throw value.place().refuse("must be one value, not " + value.kind());
              }
              given.put(name, scalar.text());
            });
    return given;
  }
}
