/**
 * The body of a request as bytes, never more than allowed.
 *
 * The size a request claims is believed only to refuse it early. What comes after the limit is not
 * kept.
 */

/** All bytes of the body, or `too-large` as soon as there are more than `limit`. */
export async function boundedBody(request: Request, limit: number): Promise<Uint8Array | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return 'too-large'
  if (request.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(parts, size)
    size += value.length
    if (size > limit) {
      await reader.cancel()
      return 'too-large'
    }
    parts.push(value)
  }
}
