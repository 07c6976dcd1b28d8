package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accuracies of networks that another program found are replayed. */
class OracleKindTest {
  private static final String HEADER =
      "model,split,scheme,weights,activations,granularity,quantized_layers,metric,value\n";

  @TempDir private Path folder;

  private FileReport report(String rows) throws IOException {
    Path file = Files.writeString(folder.resolve("oracle.csv"), HEADER + rows);
    return Verifier.of(List.of(), TimedMachines.none(), 1, 10).verify(List.of(file)).get(0);
  }

  /** Values are those of resources/oracle/mnist-public.csv; the last is not. */
  @Test
  void rowsPassThatAreNearAndOthersFail() throws IOException {
    FileReport report =
        report(
            "mnist-mlp,public,fp32,fp32,fp32,-,none-3,accuracy,0.986200000\n"
                + "mnist-mlp,public,fp32,fp32,fp32,-,none-3,nll,0.039659784\n"
                + "mnist-mlp,public,fp32,fp32,fp32,-,none-3,accuracy,0.990000000\n");
    assertThat(List.of(report.passed(), report.failed())).containsExactly(2L, 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "'mnist-mlp,heldout,fp32,fp32,fp32,-,none-3,accuracy,1', no data of the split \"heldout\"",
    "'mnist-mlp,public,mxfp4,e2m1,e2m1,block16,all-3,nll,1', mxfp4_e2m1 has scales of block32: block16"
  })
  void whatCannotBeRunIsUnsupported(String row, String reason) throws IOException {
    assertThat(report(row + "\n").reasons()).containsOnlyKeys(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "rtn-int5, int5, fp32, channel, int5:channel, fp32",
    "w4a8, int4, int8, channel/tensor, int4:channel, int8:tensor",
    "rtn-int4, int4, fp32, group128, int4:group128, fp32",
    "nf4, nf4, fp32, block32, nf4:group32, fp32",
    "fp8, e5m2, e5m2, channel/row, e5m2:channel, e5m2:token",
    "rtn-e3m2, e3m2, fp32, channel, e3m2fn:channel, fp32",
    "ternary-absmean, ternary, fp32, tensor, ternary:tensor, fp32",
    "mxfp8, e5m2, e5m2, block32, mxfp8_e5m2, mxfp8_e5m2",
    "mxint8-w, int8, fp32, block32, mxint8, fp32",
    "mxfp4, e2m1, e4m3, block32, mxfp4_e2m1, mxfp8_e4m3",
    "nvfp4-w, e2m1, fp32, block16, nvfp4, fp32"
  })
  void columnsNameFormats(
      String scheme, String weights, String activations, String granularity, String w, String a) {
    var quantization =
        new OracleScheme(scheme, weights, activations, granularity, "all-3").quantization();
    assertThat(List.of(quantization.weights(), quantization.activations()))
        .containsExactly(TensorFormats.parse(w), TensorFormats.parse(a));
  }

  @Test
  void unknownFormatsAreRefused() {
    assertThatThrownBy(
            () -> new OracleScheme("x", "int99", "fp32", "channel", "all-3").quantization())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
