/** What stands on the screen while the runtime cannot be reached: complete in itself, and without a script. */

const html = `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>U-shelter</title>
<style>
  html { height: 100%; background: #f2f4ef; color: #11211c; font: 600 5.5vmin/1.35 sans-serif; word-break: keep-all; }
  body { height: 100%; margin: 0; padding: 8vmin; box-sizing: border-box; display: grid; align-content: center; gap: 6vmin; }
  h1 { margin: 0; font-size: 8vmin; line-height: 1.2; }
  p { margin: 1vmin 0 0; font-weight: 400; }
</style>
<section><h1>데이터 없음 – 연결되지 않음</h1><p>이 화면은 스스로 다시 연결합니다.</p></section>
<section lang="en"><h1>No data – not connected</h1><p>This screen reconnects by itself.</p></section>
</html>`;

export const lastResortUrl = `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
