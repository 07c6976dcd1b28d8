package macroscope.machine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.NetworkStep;

/**
 * What a network's graph takes on a machine, node after node.
 *
 * @param machine its name
 * @param batch samples
 * @param nodes the nodes that are timed or products
 */
public record GraphEstimate(String machine, int batch, List<TimedNode> nodes) {

  /**
   * A node and its time.
   *
   * @param step the node
   * @param time empty if the machine has no model of such operators
   */
  public record TimedNode(NetworkStep step, Optional<LayerTime> time) {}

  public GraphEstimate {
    nodes = List.copyOf(nodes);
  }

  /**
   * Every node of a graph.
   *
   * @throws IllegalArgumentException if the machine cannot do one of the products
   */
  public static GraphEstimate of(
      LayerMachine machine, List<NetworkStep> steps, LayerFormats formats, int batch) {
    List<TimedNode> nodes = new ArrayList<>();
    for (NetworkStep step : steps) {
      Optional<LayerTime> time =
          step.product()
              .map(layer -> machine.time(layer, formats).or(() -> refuse(machine, step, formats)))
              .orElseGet(() -> machine.stream(step.read(), step.written(), formats));
      nodes.add(new TimedNode(step, time));
    }
    return new GraphEstimate(machine.name(), batch, nodes);
  }

  private static Optional<LayerTime> refuse(
      LayerMachine machine, NetworkStep step, LayerFormats formats) {
    throw new IllegalArgumentException(
        machine.name()
            + " does not multiply "
            + formats.activations()
            + " by "
            + formats.weights()
            + " as node "
            + step.name()
            + " needs it");
  }

  /** Of all nodes that are timed. */
  public double seconds() {
    return nodes.stream()
        .mapToDouble(node -> node.time().map(LayerTime::seconds).orElse(0.0))
        .sum();
  }

  /** Multiply-accumulates of all products. */
  public long macs() {
    return nodes.stream()
        .mapToLong(node -> node.step().product().map(p -> p.macs()).orElse(0L))
        .sum();
  }

  /** Nodes whose operators the machine has no model of. */
  public long untimed() {
    return nodes.stream().filter(node -> node.time().isEmpty()).count();
  }
}
