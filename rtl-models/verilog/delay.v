// A word as it was some clock cycles ago.
module delay #(
  parameter BITS   = 8,
  parameter CYCLES = 1
) (
  input             clk,
  input  [BITS-1:0] word,
  output [BITS-1:0] delayed
);
  generate
    if (CYCLES == 0) begin : none
      assign delayed = word;
    end else begin : some
      reg [BITS-1:0] held;
      always @(posedge clk) held <= word;
      delay #(.BITS(BITS), .CYCLES(CYCLES - 1)) rest (
        .clk(clk), .word(held), .delayed(delayed));
    end
  endgenerate
endmodule
