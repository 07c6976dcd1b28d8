package macroscope.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.calibrate.Pipeline;
import macroscope.machine.Comparison;

/**
 * A sweep as its YAML file has it.
 *
 * @param name of the run and of its folder
 * @param title for people
 * @param models built-in networks, or paths to ONNX files
 * @param data for networks that are no built-in ones: files of labelled samples by model
 * @param calibrationData for networks that are no built-in ones: files to calibrate on by model
 * @param calibrationSamples how many of them, the first ones; 128 if missing
 * @param samples how many samples to run, the first ones; all if missing
 * @param samplesOf how many by model, where they differ
 * @param batch samples that the machine works on together; 1 if missing
 * @param attention whether products of two activations run on the unit too; false if missing
 * @param activity whether toggling bits are counted on the operands of the first two samples, for {@code
 *     unit_energy_per_mac_on_data}; false if missing
 * @param machines names of shipped machines, or paths
 * @param technologies names of shipped technologies, or paths
 * @param device a shipped programmable device, or a path: how many units fit it
 * @param comparison how units are compared; one against one if missing
 * @param fronts what to trade against what
 * @param footprint electricity and carbon dioxide of many inferences; not told if missing
 * @param designs blocks, each a cross product of its own
 * @param search searches for layers that each have one of the designs; none if missing
 * @param threads measurements at a time unless the command line says; all processors if missing
 */
public record SweepFile(
    String name,
    String title,
    Axis<String> models,
    Optional<Map<String, Located<String>>> data,
    Optional<Map<String, Located<String>>> calibrationData,
    Optional<Located<Integer>> calibrationSamples,
    Optional<Located<Integer>> samples,
    Optional<Map<String, Located<Integer>>> samplesOf,
    Optional<Located<Integer>> batch,
    Optional<Boolean> attention,
    Optional<Boolean> activity,
    Axis<String> machines,
    Axis<String> technologies,
    Optional<Located<String>> device,
    Optional<ComparisonBlock> comparison,
    List<Front> fronts,
    Optional<FootprintBlock> footprint,
    List<Designs> designs,
    Optional<List<SearchBlock>> search,
    Optional<Located<Integer>> threads,
    Place place) {

  /**
   * How many units stand against each other.
   *
   * @param by equal_throughput or equal_area with a reference, or per_unit
   * @param reference an instruction by its canonical name
   */
  public record ComparisonBlock(Comparison by, Optional<Located<String>> reference, Place place) {}

  /**
   * Two objectives.
   *
   * @param models for these networks; for all if missing
   * @param technologies for these technologies; for all if missing
   * @param atMost objectives that points may not exceed, with their bounds
   * @param atLeast objectives that points must reach
   */
  public record Front(
      Located<String> quality,
      Located<String> cost,
      Optional<Axis<String>> models,
      Optional<Axis<String>> technologies,
      Optional<Map<String, Located<Double>>> atMost,
      Optional<Map<String, Located<Double>>> atLeast,
      Place place) {}

  /**
   * What electricity and carbon dioxide are told for.
   *
   * @param inferences how many
   * @param gridGramsCo2PerKwh carbon intensity of the grid; it has no default, as grids differ widely
   */
  public record FootprintBlock(double inferences, double gridGramsCo2PerKwh, Place place) {}

  /**
   * A block of designs: every format of the weights with every one of the activations, or pairs of
   * them, each on every unit.
   *
   * @param name of the block
   * @param models for these networks; for all if missing
   * @param layers what single layers have of their own, as {@link LayerTexts} reads it; each makes points
   *     of its own
   * @param calibration methods, in order, before networks are quantized; none if missing
   * @param calibrations several such lists; each makes points of its own
   */
  public record Designs(
      String name,
      Optional<Axis<String>> models,
      Optional<Axis<String>> weights,
      Optional<Axis<String>> activations,
      Optional<List<Pair>> pairs,
      Optional<Located<Pipeline>> calibration,
      Optional<Axis<Pipeline>> calibrations,
      Optional<Axis<String>> layers,
      List<UnitAxes> units,
      Place place) {}

  /** A format of the weights and one of the activations that go together. */
  public record Pair(Located<String> weights, Located<String> activations) {}
}
