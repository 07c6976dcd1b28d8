package macroscope.cli;

import java.util.List;
import macroscope.config.TechnologyFile;
import macroscope.cost.SynthesisMetric;
import macroscope.cost.TechnologyNode;

/** The technologies that predict synthesis results. */
final class FittedTechnologies {

  private FittedTechnologies() {}

  /** The technologies whose prices were fitted on synthesis results, as far as they are installed. */
  static List<TechnologyNode> installed() {
    List<String> installed = TechnologyFile.shipped().names();
    return SynthesisMetric.all().stream()
        .map(SynthesisMetric::technology)
        .distinct()
        .filter(installed::contains)
        .map(TechnologyFile::find)
        .toList();
  }
}
