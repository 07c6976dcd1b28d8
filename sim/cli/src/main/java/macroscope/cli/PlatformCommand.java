package macroscope.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.LanguageModelFile;
import macroscope.config.MachineCatalogue;
import macroscope.input.InputException;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.network.PlatformNeed;
import macroscope.machine.network.Precision;
import macroscope.report.Listing;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code platform}: what a language model's service needs of any machine. */
@Command(
    name = "platform",
    description = {
      "Memory, bandwidth and operations a second that any machine must have to serve a language model so"
          + " fast,",
      "at the theoretical peak, and how many of each GPU have them. Real kernels reach a part of it:",
      "network predicts which."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope platform --model llama-3-70b --batch 16 --context 32768 \\",
      "      --tokens-per-second 800",
      "  macroscope platform --model llama-3-8b --context 131072 \\",
      "      --first-token-seconds 2 --cache int4:token"
    })
final class PlatformCommand implements Runnable {

  private static final List<String> COLUMNS =
      List.of(
          "phase",
          "memory_gigabytes",
          "gigabytes_per_second",
          "teraoperations_per_second",
          "gpu",
          "gpus",
          "decided_by");

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Mixin private ModelOptions options;

  @Option(
      names = "--tokens-per-second",
      paramLabel = "X",
      description = "New tokens of all sequences together.")
  private Optional<Double> tokensPerSecond = Optional.empty();

  @Option(
      names = "--first-token-seconds",
      paramLabel = "X",
      description = "In which the prompts of all sequences are read.")
  private Optional<Double> firstTokenSeconds = Optional.empty();

  @Override
  public void run() {
    if (tokensPerSecond.isEmpty() && firstTokenSeconds.isEmpty()) {
      throw new InputException(
          "--tokens-per-second", "or --first-token-seconds must be given, or both");
    }
    LanguageModel model = LanguageModelFile.find(options.model());
    Precision precision = options.formats(Optional.empty()).precision(model, options.cacheInputs());
    List<List<Object>> rows = new ArrayList<>();
    tokensPerSecond.ifPresent(
        rate ->
            rows.addAll(
                rows(
                    "decode", true, model, precision, options.batch() / positive("tokens", rate))));
    firstTokenSeconds.ifPresent(
        seconds ->
            rows.addAll(
                rows("prefill", false, model, precision, positive("first-token", seconds))));
    PrintWriter out = spec.commandLine().getOut();
    style.print(new Listing(COLUMNS, rows), out);
    if (!style.csv() && !style.json()) {
      model.largerInputs(options.phase(true, model)).ifPresent(out::println);
      out.flush();
    }
  }

  private static double positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      String name = option.equals("tokens") ? "--tokens-per-second" : "--first-token-seconds";
      throw new InputException(name, "must be finite and above 0: " + value);
    }
    return value;
  }

  private List<List<Object>> rows(
      String phase, boolean decode, LanguageModel model, Precision precision, double seconds) {
    Inference inference = options.phase(decode, model);
    PlatformNeed need = PlatformNeed.of(model, inference, precision, seconds);
    List<List<Object>> rows = new ArrayList<>();
    rows.add(
        List.of(
            phase,
            rounded(need.bytes() / 1e9),
            rounded(need.bytesPerSecond() / 1e9),
            rounded(need.operationsPerSecond() / 1e12),
            "any",
            "",
            ""));
    for (Gpu gpu : MachineCatalogue.gpus()) {
      if (gpu.macsPerCycle(precision.type()) > 0) {
        PlatformNeed.Processors count = need.processors(gpu, precision);
        rows.add(List.of(phase, "", "", "", gpu.name(), count.count(), count.decidedBy()));
      }
    }
    return rows;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
  }
}
