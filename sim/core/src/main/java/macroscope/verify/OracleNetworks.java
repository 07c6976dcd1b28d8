package macroscope.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.DataFiles;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.MavenModel;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Calibration;
import macroscope.calibrate.CalibrationRun;
import macroscope.calibrate.Pipeline;

/**
 * Runs networks for rows of other programs' accuracies. Networks are those that the program knows by name,
 * or {@code NAME.onnx} in a folder. Data of a split lie in the folder too: {@code NAME-SPLIT.npz}, {@code
 * mnist-SPLIT-images-idx3-ubyte.gz}, {@code eval-SPLIT.txt}, {@code wordnet-SPLIT.ids.tsv} or {@code
 * wordnet-SPLIT.tsv}; the split public also comes with the program. Each run is made once.
 */
final class OracleNetworks {
  private static final int ONE_THREAD = 1;

  private final Path folder;
  private final Map<String, Model> models = new ConcurrentHashMap<>();
  private final Map<String, Optional<NetworkEvaluator>> evaluators = new ConcurrentHashMap<>();
  private final Map<String, AccuracyResult> results = new ConcurrentHashMap<>();

  OracleNetworks(Path folder) {
    this.folder = folder;
  }

  /** Metrics of a network on a split under a scheme; empty if there are no data of the split. */
  Optional<AccuracyResult> result(String model, String split, OracleScheme scheme) {
    Model network = models.computeIfAbsent(model, this::load);
    Optional<NetworkEvaluator> evaluator =
        evaluators.computeIfAbsent(model + " " + split, key -> evaluator(network, split));
    return evaluator.map(
        of ->
            results.computeIfAbsent(
                model + " " + split + " " + scheme, key -> run(network, of, scheme)));
  }

  private Model load(String name) {
    Path file = folder.resolve(name + ".onnx");
    return Files.isRegularFile(file) && !isKnown(name) ? Model.read(file) : Model.load(name);
  }

  private static boolean isKnown(String name) {
    return BuiltIn.byName(name).isPresent() || MavenModel.byName(name).isPresent();
  }

  private Optional<NetworkEvaluator> evaluator(Model model, String split) {
    return data(model, split)
        .map(data -> new NetworkEvaluator(Baseline.of(model, data, ONE_THREAD)));
  }

  private Optional<Dataset> data(Model model, String split) {
    List<String> names =
        switch (model.task()) {
          case CLASSIFICATION -> List.of("mnist-" + split + "-images-idx3-ubyte.gz");
          case LANGUAGE_MODEL -> List.of("eval-" + split + ".txt");
          case RETRIEVAL -> List.of("wordnet-" + split + ".ids.tsv", "wordnet-" + split + ".tsv");
          case REGRESSION -> List.of();
        };
    return Stream.concat(Stream.of(model.name() + "-" + split + ".npz"), names.stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> DataFiles.read(model, file))
        .or(() -> split.equals("public") ? own(model) : Optional.empty());
  }

  private static Optional<Dataset> own(Model model) {
    return isKnown(model.name()) ? Optional.of(DataFiles.own(model, false)) : Optional.empty();
  }

  private static AccuracyResult run(Model model, NetworkEvaluator of, OracleScheme scheme) {
    Quantization quantization = scheme.quantization();
    Pipeline pipeline = scheme.pipeline();
    if (pipeline.stages().isEmpty()) {
      return of.evaluate(quantization, ONE_THREAD, Progress.NONE);
    }
    Dataset learnt = DataFiles.own(model, true);
    Calibration found = pipeline.run(new CalibrationRun(model, learnt, quantization, ONE_THREAD));
    Quantization calibrated = found.on(quantization);
    return of.evaluate(found.around(calibrated.arithmetic()), ONE_THREAD, Progress.NONE);
  }
}
