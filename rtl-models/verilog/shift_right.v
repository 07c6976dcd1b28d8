// Barrel shifter to the right, logical or arithmetic, by any amount of AMOUNT_BITS bits: what is
// shifted further than the word is wide leaves zeros or signs.
module shift_right #(
  parameter BITS        = 16,
  parameter AMOUNT_BITS = 6,
  parameter ARITHMETIC  = 0
) (
  input  [BITS-1:0]        word,
  input  [AMOUNT_BITS-1:0] amount,
  output [BITS-1:0]        shifted
);
  localparam STAGES = $clog2(BITS);
  localparam USED   = AMOUNT_BITS < STAGES ? AMOUNT_BITS : (STAGES > 0 ? STAGES : 1);

  wire fill = (ARITHMETIC != 0) & word[BITS-1];
  wire far;
  generate
    if (AMOUNT_BITS > USED) begin : beyond
      assign far = |amount[AMOUNT_BITS-1:USED];
    end else begin : in_range
      assign far = 1'b0;
    end
  endgenerate
  wire signed [BITS:0] wide = {fill, word};
  wire        [BITS:0] near = wide >>> amount[USED-1:0];
  assign shifted = far ? {BITS{fill}} : near[BITS-1:0];
endmodule
