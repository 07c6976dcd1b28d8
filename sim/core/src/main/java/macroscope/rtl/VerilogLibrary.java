package macroscope.rtl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The modules of {@code rtl-models/verilog}, one a file. */
final class VerilogLibrary {

  private VerilogLibrary() {}

  /** The text of a module. */
  static String source(String module) {
    String file = module + ".v";
    try (InputStream stream = VerilogLibrary.class.getResourceAsStream("verilog/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("the Verilog library has no " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
