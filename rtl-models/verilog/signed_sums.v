// The sums of INPUTS integers under every pattern of signs whose last sign is plus: entry i lies at
// entries[i*BITS +: BITS], and bit k of i is 1 where input k counts plus. Each entry takes one addition
// more than one of a table with an input less, since a sum that ends in minus is minus another entry.
module signed_sums #(
  parameter OPERAND_BITS = 8,
  parameter INPUTS       = 4,
  parameter BITS         = 10
) (
  input  [INPUTS*OPERAND_BITS-1:0]     operands,
  output [(1<<(INPUTS-1))*BITS-1:0]    entries
);
  localparam LOWER = INPUTS > 1 ? 1 << (INPUTS - 2) : 1;

  wire [BITS-1:0]       last;
  wire [LOWER*BITS-1:0] before;
  resize #(.FROM(OPERAND_BITS), .TO(BITS), .SIGNED(1)) widen (
    .number(operands[(INPUTS-1)*OPERAND_BITS +: OPERAND_BITS]), .resized(last));
  genvar i;
  generate
    if (INPUTS == 1) begin : one
      assign entries = last;
    end else begin : more
      signed_sums #(.OPERAND_BITS(OPERAND_BITS), .INPUTS(INPUTS - 1), .BITS(BITS)) rest (
        .operands(operands[(INPUTS-1)*OPERAND_BITS-1:0]), .entries(before));
      for (i = 0; i < LOWER; i = i + 1) begin : entry
        adder #(.BITS(BITS)) plus (
          .x(last), .y(before[i*BITS +: BITS]), .sum(entries[(LOWER+i)*BITS +: BITS]));
        // Minus the entry of the complemented index.
        assign entries[i*BITS +: BITS] = last - before[(LOWER-1-i)*BITS +: BITS];
      end
    end
  endgenerate
endmodule
