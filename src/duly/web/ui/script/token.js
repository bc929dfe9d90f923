// A sign-in in another tab gives a new token; a form that was open meanwhile takes it from the cookie, and is sent all the same.
export function token(form) {
  return document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}
