package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.report.Listing;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code formats}: lists number formats, or describes one. */
@Command(
    name = "formats",
    description = {
      "Lists number formats, or describes one: fields, bias, special values, range,",
      "and every code if it has 8 bits or fewer. With --csv the codes alone, as 'verify' reads them."
    },
    footer = {
      "",
      "Beside the listed ones: gen_e<X>m<Y>_<ieee|fn|fnuz|fin>[_b<bias>], gen_ue..., ",
      "p3109_k<K>p<P><s|u><e|f>, int<N>[sym], uint<N>, q<I>.<F>[sym], uq<I>.<F>, and schemes such as",
      "int4:group32, int4:group128:fp16, e4m3fn:channel, mxfp4:block16, mxfp4:search, bfp4:block32,",
      "msfp12, bdr_m4_k16_2_d1, vsq4_4, hbfp8:tile64x64, bfp4:sorted.",
      "",
      "Examples:",
      "  macroscope formats",
      "  macroscope formats e4m3fn",
      "  macroscope formats nvfp4"
    })
final class FormatsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A scalar format, a block format or a scheme.")
  private Optional<String> name = Optional.empty();

  @Override
  public void run() {
    if (name.isEmpty()) {
      style.print(FormatListings.all(), spec.commandLine().getOut());
    } else if (isScheme(name.get())) {
      TensorFormat format = TensorFormats.parse(name.get());
      style.print(FormatListings.levels(format), spec.commandLine().getOut());
    } else {
      describe(Formats.forUser(name.get()));
    }
  }

  /** Misspelt block formats are told the block formats that there are. */
  private static boolean isScheme(String name) {
    return TensorFormats.isScheme(name) || name.matches("(?i)(mx|nv)\\w+");
  }

  /** The format and its codes; the codes alone as CSV, which has one header. */
  private void describe(NumberFormat format) {
    PrintWriter out = spec.commandLine().getOut();
    Listing description = FormatListings.of(List.of(format));
    if (format.bits() > 8) {
      style.print(description, out);
    } else if (style.json()) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("format", description.jsonArray().get(0));
      root.set("codes", FormatListings.codes(format).jsonArray());
      out.println(root);
      out.flush();
    } else if (style.csv()) {
      style.print(FormatListings.decodeVectors(format), out);
    } else {
      style.print(description, out);
      out.println();
      style.print(FormatListings.codes(format), out);
    }
  }
}
