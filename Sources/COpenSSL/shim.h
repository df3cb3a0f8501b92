#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Options are macros over 64 bits, which Swift does not import.
static inline uint64_t interflow_ssl_options(void) {
  return SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
         SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF;
}

// Chooses http/1.1 when the client offers it; otherwise goes on without ALPN.
static inline int interflow_alpn_select_http11(const unsigned char **chosen, unsigned char *chosen_length,
                                               const unsigned char *offered, unsigned int offered_length) {
  static const unsigned char ours[] = "\x08http/1.1";
  unsigned char *selected = 0;
  if (SSL_select_next_proto(&selected, chosen_length, ours, sizeof ours - 1, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = selected;
  return SSL_TLSEXT_ERR_OK;
}
