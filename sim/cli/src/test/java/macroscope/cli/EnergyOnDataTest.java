package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same unit costs more on random operands than on sorted ones, and least on zeros. */
class EnergyOnDataTest {

  private static final String CONFIGS = "../../configs/";
  private static final String INTEGERS = "integer_mac:a=int8,length=4,accumulator_bits=32";
  private static final String MINIFLOATS = "kulisch:a=e2m1fn,length=8,terms=1024";
  private static final String TENSOR_CORE = "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3";

  private static String run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Macroscope.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(exit).as(err.toString()).isEqualTo(code);
    return out.toString() + err;
  }

  private static String simulate(int code, String unit, String format, String data) {
    return run(
        code,
        "simulate",
        "--machine",
        CONFIGS + "machines/systolic-16x16-os.yaml",
        "--technology",
        CONFIGS + "technologies/45nm.yaml",
        "--gemm",
        "16x16x256",
        "--unit",
        unit,
        "--a",
        format,
        "--b",
        format,
        "--data",
        data);
  }

  /** Nanojoules of everything but memories. */
  private static double unitEnergy(String unit, String format, String data) {
    String[] parts = {"storage", "multiplier", "aligner and tree", "accumulator"};
    return Arrays.stream(simulate(0, unit, format, data).split("\n"))
        .filter(line -> line.endsWith(" nJ"))
        .filter(line -> Arrays.stream(parts).anyMatch(line::startsWith))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ([0-9.e+-]+) nJ", "$1")))
        .sum();
  }

  private static String format(String unit) {
    return unit.equals(INTEGERS)
        ? "int8:tensor"
        : unit.equals(MINIFLOATS) ? "e2m1fn:tensor" : "e4m3fn:tensor";
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEGERS, MINIFLOATS, TENSOR_CORE})
  void sortedOperandsCostLessThanRandomOnes(String unit) {
    assertThat(unitEnergy(unit, format(unit), "sorted"))
        .isLessThan(0.95 * unitEnergy(unit, format(unit), "random"));
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEGERS, MINIFLOATS, TENSOR_CORE})
  void zerosCostLessThanSortedOperands(String unit) {
    assertThat(unitEnergy(unit, format(unit), "zeros"))
        .isLessThan(unitEnergy(unit, format(unit), "sorted"));
  }

  @Test
  void dataThatCannotBeReadIsTold() {
    assertThat(simulate(2, INTEGERS, "int8:tensor", "noise"))
        .contains("--data: must be random, sorted, zeros or A.npy,B.npy: noise");
  }

  @Test
  void evaluateTellsTheEnergyOfEveryLayerOnItsData() {
    String json =
        run(
            0,
            "evaluate",
            "--model",
            "mnist-mlp",
            "--limit",
            "2",
            "--weights",
            "int8:channel",
            "--activations",
            "int8:token",
            "--unit",
            INTEGERS,
            "--energy",
            CONFIGS + "technologies/45nm.yaml",
            "--json");
    assertThat(json).contains("\"energy\":[{\"layer\":").contains("\"layer\":\"all\"");
  }
}
