declare module 'virtual:built-page' {
  const folder: string;
  export default folder;
}
