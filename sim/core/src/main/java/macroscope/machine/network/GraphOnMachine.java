package macroscope.machine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.machine.gpu.OperandType;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.onnx.Graph;
import macroscope.onnx.Shapes;
import macroscope.workload.MemoryNeed;
import macroscope.workload.NetworkStep;

/**
 * A network's graph on a machine, node after node.
 *
 * @param machine the machine
 * @param formats of activations and weights
 */
public record GraphOnMachine(LayerMachine machine, LayerFormats formats) {

  /**
   * What a graph takes.
   *
   * @param name of the network
   * @param shapes of all its values
   * @param batch samples
   * @throws IllegalArgumentException if the machine cannot do one of the products
   */
  public NetworkResult estimate(String name, Graph graph, Shapes shapes, int batch) {
    Footprint footprint =
        new Footprint(
            MemoryNeed.weightBytes(graph, formats.weightBits()),
            0,
            MemoryNeed.activations(graph, shapes) * formats.activationBits() / Byte.SIZE);
    LayerMachine holding = machine.holding(footprint.weights());
    List<NetworkStep> steps = NetworkStep.of(graph, shapes);
    List<TimedKernel> kernels =
        steps.stream().map(step -> TimedKernel.node(step, time(holding, step))).toList();
    double seconds = kernels.stream().mapToDouble(TimedKernel::totalSeconds).sum();
    Priced priced = energy(steps, seconds);
    List<String> notes = new ArrayList<>(priced.notes());
    machine.limit().ifPresent(notes::add);
    untimed(kernels).ifPresent(notes::add);
    return new NetworkResult(
        new NetworkResult.Run(
            name, machine.name(), 1, NetworkResult.Phase.GRAPH, batch, Optional.empty(), Map.of()),
        seconds,
        batch / seconds,
        0,
        kernels,
        footprint,
        new NetworkResult.Limits(
            holding.peakMacsPerSecond(formats),
            holding.outerBytesPerSecond(),
            holding.outerBytes()),
        priced.energy(),
        notes);
  }

  private Optional<String> untimed(List<TimedKernel> kernels) {
    long count = kernels.stream().filter(k -> k.seconds().isEmpty()).count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            count
                + " operators that are no products are not timed: "
                + machine.name()
                + " has no model of them");
  }

  private Optional<LayerTime> time(LayerMachine holding, NetworkStep step) {
    if (step.product().isEmpty()) {
      return holding.stream(step.read(), step.written(), formats);
    }
    LayerFormats operands = step.product().get().weights() ? formats : formats.ofActivations();
    Optional<LayerTime> time = holding.time(step.product().get(), operands);
    if (time.isEmpty()) {
      throw new IllegalArgumentException(
          machine.name()
              + " does not multiply "
              + operands
              + " as node "
              + step.name()
              + " needs it, but "
              + machine.multiplies());
    }
    return time;
  }

  private Priced energy(List<NetworkStep> steps, double seconds) {
    if (!(machine instanceof GpuLayers layers)) {
      return Priced.none(machine.name() + " has no prices of energy");
    }
    List<KernelEstimate> kernels =
        steps.stream().flatMap(step -> layers.kernel(step, formats).stream()).toList();
    OperandType type = OperandType.find(formats.activations()).orElseThrow();
    return Priced.of(() -> NetworkEnergy.of(layers.gpu(), kernels, kernel -> type, seconds, 1));
  }
}
