package macroscope.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import macroscope.sweep.FrontResult;
import macroscope.sweep.SweepResult;
import macroscope.sweep.Workload;

/** What a run was made from and with, as JSON. It holds no time: equal runs have equal manifests. */
final class Manifest {

  private Manifest() {}

  static String of(SweepResult result, RunInputs inputs, String randomNumbers) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("name", result.plan().name());
    root.put("command", inputs.command());
    root.put("program_sha256", inputs.codeVersion());
    root.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    root.put("random_numbers", randomNumbers);
    ArrayNode files = root.putArray("files");
    for (RunInputs.File file : inputs.files()) {
      files
          .addObject()
          .put("what", file.what())
          .put("path", file.path())
          .put("sha256", file.sha256());
    }
    ArrayNode workloads = root.putArray("workloads");
    result.plan().workloads().forEach(workload -> describe(workload, workloads.addObject()));
    root.put("points", result.evaluations().size());
    root.put(
        "distinct_logits",
        result.evaluations().stream()
            .map(e -> e.measurement().task().logitsDigest())
            .distinct()
            .count());
    ArrayNode fronts = root.putArray("fronts");
    result.fronts().forEach(front -> describe(front, fronts.addObject()));
    root.put("sweep_file", inputs.sweepFile());
    return text(root);
  }

  private static void describe(Workload workload, ObjectNode node) {
    node.put("model", workload.name())
        .put("model_sha256", workload.model().digest())
        .put("data", workload.data().name())
        .put("samples", workload.data().size())
        .put("samples_sha256", workload.data().digest())
        .put("batch", workload.batch())
        .put("attention", workload.attention());
  }

  private static void describe(FrontResult front, ObjectNode node) {
    node.put("number", front.number())
        .put("model", front.workload().name())
        .put("technology", front.technology().name())
        .put("quality", front.request().quality().name())
        .put("cost", front.request().cost().name())
        .put("limits", front.request().limitText())
        .put("points", front.competitors().size())
        .put("outside_limits", front.outside().size())
        .put("without_value", front.without().size())
        .put("members", front.front().members().size());
  }

  private static String text(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
