package macroscope.rtl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A module of the Verilog library with the parameters that make it the twin of one unit.
 *
 * @param module name of the module, which is also that of its file
 * @param modules the modules that it is built from, at any depth
 * @param parameters values by name, as Verilog spells them
 * @param control what the module knows of time, beside {@code first}
 * @param operands inputs that the module registers itself
 * @param addend what a sum starts from, an input that the module reads one cycle after the operands;
 *     empty if sums start from zero
 * @param decoder what stands before an operand
 * @param idle inputs that this unit has no use for: zeros
 * @param result the output
 * @param stages from operand registers to the accumulator: when the addend is read
 */
public record Design(
    String module,
    List<String> modules,
    Map<String, String> parameters,
    Control control,
    List<Port> operands,
    Optional<Port> addend,
    Optional<Decoder> decoder,
    List<Port> idle,
    Port result,
    int stages) {

  /** What a module knows of time. */
  public enum Control {
    /** A pass enters each cycle. */
    NONE,
    /** An input {@code start} says that a pass of several cycles begins. */
    START,
    /** An input {@code valid} says that a result is wanted, {@code result_valid} that it is there. */
    VALID
  }

  public Design {
    modules = List.copyOf(modules);
    parameters = new TreeMap<>(parameters);
    operands = List.copyOf(operands);
    idle = List.copyOf(idle);
  }

  /** A module without idle inputs. */
  public Design(
      String module,
      List<String> modules,
      Map<String, String> parameters,
      Control control,
      List<Port> operands,
      Optional<Port> addend,
      Port result) {
    this(
        module,
        modules,
        parameters,
        control,
        operands,
        addend,
        Optional.empty(),
        List.of(),
        result,
        1);
  }

  /** A module whose passes take one cycle. */
  public Design(
      String module,
      List<String> modules,
      Map<String, String> parameters,
      List<Port> operands,
      Optional<Port> addend,
      Port result) {
    this(module, modules, parameters, Control.NONE, operands, addend, result);
  }

  /** The same with inputs that are zeros. */
  Design withIdle(List<Port> others) {
    return new Design(
        module, modules, parameters, control, operands, addend, decoder, others, result, stages);
  }

  /** The same with codes in place of an operand, which a table makes of them, and what scales them. */
  Design behind(Decoder before) {
    Stream<Port> replaced =
        operands.stream().map(port -> port.equals(before.port()) ? before.coded() : port);
    List<Port> coded = Stream.concat(replaced, before.besides().stream()).toList();
    List<String> more =
        Stream.concat(before.modules().stream(), modules.stream()).distinct().toList();
    return new Design(
        module,
        more,
        parameters,
        control,
        coded,
        addend,
        Optional.of(before),
        idle,
        result,
        stages);
  }

  /** The same cut into stages by ranks of registers, all of them before the accumulator if it has an addend. */
  Design inStages(Map<String, String> ranks, int count) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.putAll(ranks);
    return new Design(
        module, modules, more, control, operands, addend, decoder, idle, result, count);
  }

  /** The operand of a name. */
  Port operand(String name) {
    return operands.stream().filter(port -> port.name().equals(name)).findFirst().orElseThrow();
  }

  /** The operands that the module itself takes. */
  List<Port> connected() {
    List<Port> others = decoder.map(Decoder::besides).orElse(List.of());
    return operands.stream().filter(port -> !others.contains(port)).toList();
  }

  /** Operands and addend, in the order in which stimuli have them. */
  public List<Port> inputs() {
    return Stream.concat(operands.stream(), addend.stream()).toList();
  }
}
