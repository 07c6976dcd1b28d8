package macroscope.sweep;

import java.util.Optional;
import macroscope.accuracy.LayerOverride;
import macroscope.accuracy.LayerOverrides;
import macroscope.accuracy.Quantization;
import macroscope.calibrate.Pipeline;
import macroscope.cost.TechnologyNode;
import macroscope.machine.Machine;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;

/**
 * One combination of a design space.
 *
 * @param block name of the block of the sweep that it comes from
 * @param workload what runs
 * @param weights format of the weights
 * @param activations format of the activations
 * @param calibration what is learnt of the network before it is quantized
 * @param unit the datapath
 * @param layers what single layers have of their own
 * @param machine how many units there are and how they are fed
 * @param technology what parts cost
 */
public record DesignPoint(
    String block,
    Workload workload,
    TensorFormat weights,
    TensorFormat activations,
    Pipeline calibration,
    UnitSpec unit,
    LayerOverrides layers,
    Machine machine,
    TechnologyNode technology) {

  /** The same with another network or other data. */
  public DesignPoint on(Workload other) {
    return new DesignPoint(
        block, other, weights, activations, calibration, unit, layers, machine, technology);
  }

  /** What decides the results: points that agree here have the same bits. */
  public String numerics() {
    return String.join(
        " | ",
        workload.name(),
        weights.name(),
        activations.name(),
        unit.toString(),
        (workload.attention() ? "attention" : "weights only")
            + (workload.activity() ? ", toggles" : "")
            + calibrated()
            + (layers.isEmpty() ? "" : ", layers " + layers.text()));
  }

  /** The formats of operands with all that they are: a user's may change under one name. */
  String formatDefinitions() {
    StringBuilder text = new StringBuilder(weights + "\n" + activations);
    for (LayerOverride own : layers.all()) {
      text.append("\n").append(own.weights()).append("\n").append(own.activations());
    }
    return text.toString();
  }

  /** Formats of the network's layers; units only where a layer has one of its own. */
  Quantization formats() {
    return new Quantization(weights, activations, Optional.empty(), workload.attention())
        .withOverrides(layers);
  }

  /** How the network is computed on a datapath with this point's parameters. */
  public Quantization quantization(DotProductUnit<?> datapath) {
    return new Quantization(weights, activations, Optional.of(datapath), workload.attention())
        .withOverrides(layers);
  }

  private String calibrated() {
    return calibration.stages().isEmpty()
        ? ""
        : ", " + calibration.text() + " on " + workload.calibrationDigest();
  }

  /** What tells two points of a sweep apart. */
  public String identity() {
    return String.join(" | ", numerics(), machine.name(), technology.name());
  }

  /** The family of the datapath; one of its own where layers differ. */
  public Family family() {
    return layers.isEmpty() ? Family.of(unit) : Family.MIXED;
  }

  /**
   * A short name: both formats and the unit. Granularities are left out where they are the usual ones,
   * a scale for each channel of the weights and each token of the activations.
   */
  public String label() {
    String w = weights.name().replaceFirst(":channel$", "");
    String a = activations.name().replaceFirst(":token$", "");
    String own = layers.isEmpty() ? "" : " \u00b7 " + layers.summary();
    String methods = calibration.stages().isEmpty() ? "" : " \u00b7 " + calibration.names();
    return (w.equals(a) ? w : w + " \u00d7 " + a) + methods + own + " \u00b7 " + unitLabel();
  }

  /** The name of the unit; an instruction's without its vendor, shape and types, but with options. */
  private String unitLabel() {
    return unit.name()
        .replaceFirst("^[a-z]+\\.([a-z0-9]+\\.[a-z0-9]+)\\.m\\d+n\\d+(k\\d+)\\.[^+ ]*", "$1.$2");
  }
}
