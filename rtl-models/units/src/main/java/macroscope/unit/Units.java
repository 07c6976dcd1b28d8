package macroscope.unit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The catalogue of units: how parameters become a unit, and the instructions of real machines by name.
 *
 * <p>An instruction is named {@code vendor.architecture.mnemonic} in lower case without spaces, {@code
 * nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3}, {@code nvidia.adalovelace.mma.m16n8k32.f32.e4m3.e4m3.f32}.
 * The shape {@code m<M>n<N>k<K>} may have any m and n, which do not matter to an element.
 */
public final class Units {

  private static final Map<String, Instruction> INSTRUCTIONS = instructions();

  private Units() {}

  private static Map<String, Instruction> instructions() {
    Map<String, Instruction> byName = new LinkedHashMap<>();
    List<Instruction> table = InstructionTable.read();
    List<String> order = table.stream().map(Instruction::architecture).distinct().toList();
    table.stream()
        .sorted(Comparator.comparingInt(i -> order.indexOf(i.architecture())))
        .forEach(i -> byName.putIfAbsent(withoutExtent(i.name()), i));
    return byName;
  }

  private static String withoutExtent(String name) {
    return name.replaceFirst("\\.m\\d+n\\d+k", ".k");
  }

  /** The unit of these parameters. */
  public static DotProductUnit<?> create(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return new FusedDotUnit(s);
    }
    if (spec instanceof InterleavedDotSpec s) {
      return new InterleavedDotUnit(s);
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return new BlockScaledDotUnit(s);
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return new ScaledGroupDotUnit(s);
    }
    if (spec instanceof PairwiseDotSpec s) {
      return new PairwiseDotUnit(s);
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return ExactGroupDotUnit.of(s);
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return new TwoLevelDotUnit(s);
    }
    if (spec instanceof VectorFmaSpec s) {
      return new VectorFmaUnit(s);
    }
    if (spec instanceof KulischSpec s) {
      return KulischUnit.of(s);
    }
    if (spec instanceof IntegerMacSpec s) {
      return new IntegerMacUnit(s);
    }
    if (spec instanceof PackedMacSpec s) {
      return new PackedMacUnit(s);
    }
    if (spec instanceof FmaChainSpec s) {
      return FmaChainUnit.of(s);
    }
    if (spec instanceof BitSerialSpec s) {
      return new BitSerialUnit(s);
    }
    if (spec instanceof SramTableSpec s) {
      return SramTableUnit.of(s);
    }
    if (spec instanceof TernaryTableSpec s) {
      return new TernaryTableUnit(s);
    }
    if (spec instanceof CodebookSpec s) {
      return new CodebookUnit(s);
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return new LogarithmicSumUnit(s);
    }
    if (spec instanceof MacSpec s) {
      return new MacUnit(s);
    }
    if (spec instanceof BinaryMacSpec s) {
      return new BinaryMacUnit(s);
    }
    if (spec instanceof BitPlaneMacSpec s) {
      return new BitPlaneMacUnit(s);
    }
    if (spec instanceof SparseDotSpec s) {
      return SparseDotUnit.of(s);
    }
    if (spec instanceof MixedBlocksSpec s) {
      return MixedBlocksUnit.of(s);
    }
    if (spec instanceof PromotedSpec s) {
      return PromotedUnit.of(s);
    }
    if (spec instanceof PipelinedSpec s) {
      return PipelinedUnit.of(s);
    }
    if (spec instanceof DequantizedSpec s) {
      return DequantizedUnit.of(s);
    }
    return new LookupTableUnit((LookupTableSpec) spec);
  }

  /** All instructions, grouped by architecture, oldest first. */
  public static List<Instruction> all() {
    return List.copyOf(INSTRUCTIONS.values());
  }

  /** The instruction of a canonical name, with any m and n. */
  public static Optional<Instruction> find(String name) {
    return Optional.ofNullable(INSTRUCTIONS.get(withoutExtent(name)));
  }

  /** The instruction that vector files call so, with any m and n. */
  public static Optional<Instruction> find(String vendor, String architecture, String mnemonic) {
    return find(Instruction.name(vendor, architecture, mnemonic));
  }

  /**
   * The parameters of a unit that people name: an instruction, a {@link Datapath}, another {@link
   * Reading} of an instruction as in {@code amd.cdna1.mfma.f32_4x4x4f16+exact_sum}, {@code
   * family:key=value,...} as in {@code kulisch:a=e4m3fn,length=16,terms=1024}, or any of these with
   * options, {@code unit+promote:interval=128}; empty if there is no instruction of the name.
   *
   * @throws IllegalArgumentException if the parameters are wrong
   */
  public static Optional<UnitSpec> named(String name) {
    return named(name, other -> Optional.empty());
  }

  /**
   * As {@link #named(String)}, among units of another catalogue too.
   *
   * @param others looked at first
   */
  public static Optional<UnitSpec> named(String name, Function<String, Optional<UnitSpec>> others) {
    Optional<UnitSpec> known = others.apply(name);
    if (known.isPresent()) {
      return known;
    }
    int joint = name.lastIndexOf(Reading.JOINT);
    if (joint < 0) {
      return UnitSpelling.is(name)
          ? Optional.of(UnitSpelling.parse(name))
          : find(name).map(Instruction::unit);
    }
    String base = name.substring(0, joint);
    String option = name.substring(joint + 1);
    return UnitOption.is(option)
        ? named(base, others).map(unit -> UnitOption.on(unit, name, option))
        : find(base).map(i -> read(i, name, option));
  }

  private static UnitSpec read(Instruction instruction, String name, String label) {
    return Reading.named(label)
        .flatMap(reading -> reading.of(name, instruction.unit()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + ": other readings of the instruction are "
                        + Reading.of(instruction).map(Reading::label).toList()
                        + ", options "
                        + UnitOption.NAMES));
  }
}
