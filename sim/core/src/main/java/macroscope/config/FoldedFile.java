package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.fpga.Accelerator;
import macroscope.fpga.RamStyle;
import macroscope.unit.DspPacking;

/**
 * A programmable device that a network is folded on, as its YAML file has it.
 *
 * @param kind {@code folded}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param device a shipped device or a path; it has the numbers and their sources
 * @param packing by element format how products share DSP slices; all in logic if missing
 * @param ramStyle what memories are made of
 * @param weightWordBits most bits of weights that a processing element takes a cycle
 * @param place where the file's top is
 */
public record FoldedFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Located<String> device,
    Optional<Map<String, DspPacking>> packing,
    Optional<RamStyle> ramStyle,
    Sourced weightWordBits,
    Place place) {

  /** The file's record, its sources checked. */
  public static FoldedFile read(Path file) {
    MachineKind.FOLDED.require(file);
    FoldedFile read = Yaml.read(file, FoldedFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /**
   * A network on the device, folded as fast as fits.
   *
   * @param model a built-in network or a path to an ONNX file
   * @param weights scheme of the weights
   * @param activations scheme of the activations
   */
  public Accelerator accelerator(String model, String weights, String activations) {
    AcceleratorFile file =
        new AcceleratorFile(
            name,
            description,
            located(model),
            located(weights),
            located(activations),
            device,
            packing.flatMap(of -> Optional.ofNullable(of.get(element(activations)))),
            Optional.empty(),
            Optional.empty(),
            ramStyle,
            Optional.empty(),
            Optional.empty(),
            Optional.of(weightWordBits.whole()),
            place);
    return file.accelerator(Optional.empty(), Optional.empty());
  }

  private static String element(String scheme) {
    return scheme.split(":", 2)[0];
  }

  private Located<String> located(String value) {
    return new Located<>(value, place);
  }
}
